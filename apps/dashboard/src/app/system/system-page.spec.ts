import { TestBed } from '@angular/core/testing';
import type { Role } from '@lookout/contracts';
import { describe, expect, it } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { Session } from '../session/session.ts';
import { SystemPage } from './system-page.ts';

const FOR_ALL = ['/api/v1/system', '/api/v1/system/doctor'];
const FOR_ADMINS = ['/api/v1/events/retention', '/api/v1/system/queues'];

async function show(role: Role) {
  const { clock, fetch } = setUpPage();
  TestBed.inject(Session).role.set(role);
  const fixture = TestBed.createComponent(SystemPage);
  await fixture.whenStable();
  await clock.advanceAsync(0);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const headings = [...element.querySelectorAll('h2')].map((heading) => heading.textContent);
  const asked = () => fetch.mock.calls.map(([path]) => path).toSorted();
  return { clock, fixture, headings, asked };
}

describe('SystemPage', () => {
  it.each(['viewer', 'operator'] as const)('asks for a %s only what one may know', async (role) => {
    const { headings, asked } = await show(role);
    expect(headings).toEqual(['Doctor', 'Processes and parts']);
    expect(asked()).toEqual(FOR_ALL);
  });

  it('shows all to an admin, what is wrong first', async () => {
    const { headings, asked } = await show('admin');
    expect(headings).toEqual(['Doctor', 'Processes and parts', 'Queues', 'Retention of events']);
    expect(asked()).toEqual([...FOR_ALL, ...FOR_ADMINS].toSorted());
  });

  it('asks nothing more once it is left', async () => {
    const { clock, fixture, asked } = await show('admin');
    const before = asked().length;
    fixture.destroy();
    await clock.advanceAsync(60_000);
    expect(asked()).toHaveLength(before);
  });
});
