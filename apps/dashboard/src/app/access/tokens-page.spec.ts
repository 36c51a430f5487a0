import { TestBed } from '@angular/core/testing';
import type { Token } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { TokensPage } from './tokens-page.ts';

const admin: Token = {
  id: 'admin',
  name: 'Admin',
  role: 'admin',
  cameraIds: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUsedAt: null,
};
const night: Token = { ...admin, id: 't2', name: 'Night', role: 'viewer', cameraIds: ['gate'] };

async function setUp() {
  const page = setUpPage();
  const tokens = [admin, night];
  const sent: string[] = [];
  page.fetch.mockImplementation((path, { method, body }) => {
    if (method === 'POST') {
      sent.push(body as string);
      const made = { ...night, id: 't3', name: 'Day', token: 'secret-of-day' };
      return Promise.resolve(new Response(JSON.stringify(made), { status: 201 }));
    }
    if (method === 'DELETE') {
      sent.push(path);
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    return Promise.resolve(new Response(JSON.stringify(tokens)));
  });
  const fixture = TestBed.createComponent(TokensPage);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const click = async (selector: string) => {
    element.querySelector<HTMLElement>(selector)?.click();
    await fixture.whenStable();
  };
  return { ...page, fixture, element, sent, click };
}

describe('TokensPage', () => {
  it('lists tokens with what they let one see', async () => {
    const { element } = await setUp();
    const rows = [...element.querySelectorAll('.who')].map((row) => row.textContent);
    expect(rows).toEqual(['Adminadmin · all cameras', 'Nightviewer · Gate']);
  });

  it('makes a token for some cameras and shows its secret once', async () => {
    const { fixture, element, sent, click } = await setUp();
    const name = element.querySelector<HTMLInputElement>('#token-name');
    if (name === null) throw new Error('there is no field for the name');
    name.value = 'Day';
    name.dispatchEvent(new Event('input'));
    await click('[type=checkbox]');
    await click('[type=submit]');
    await vi.waitFor(async () => {
      await fixture.whenStable();
      expect(element.querySelector('[data-testid=token]')?.textContent).toBe('secret-of-day');
    });
    expect(sent).toEqual(['{"name":"Day","role":"viewer","cameraIds":["gate"]}']);
    await click('lo-secret-once > button');
    expect(element.textContent).not.toContain('secret-of-day');
  });

  it('revokes only after a second word', async () => {
    const { sent, click } = await setUp();
    await click('li:nth-child(2) > button');
    expect(sent).toEqual([]);
    await click('.danger');
    expect(sent).toEqual(['/api/v1/tokens/t2']);
  });
});
