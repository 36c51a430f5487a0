import { TestBed } from '@angular/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { exampleCamera, exampleStatus } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { Session } from '../session/session.ts';
import { CameraListPage } from './camera-list-page.ts';

const gate = exampleCamera({ version: 4 });
const yard = exampleCamera({ id: 'yard', name: 'Yard', source: { type: 'file', path: 'y.mp4' } });

async function setUp() {
  const page = setUpPage([gate, yard]);
  page.watches.of(gate).heard(exampleStatus());
  page.watches
    .of(yard)
    .heard(exampleStatus({ cameraId: 'yard', state: 'failed', reason: 'There is no file y.mp4' }));
  const fixture = TestBed.createComponent(CameraListPage);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const names = () => [...element.querySelectorAll('td.name')].map((td) => td.textContent.trim());
  const click = async (selector: string) => {
    element.querySelector<HTMLElement>(selector)?.click();
    await fixture.whenStable();
  };
  return { ...page, fixture, element, names, click };
}

describe('CameraListPage', () => {
  it('says of each camera its state, why, its source and its rates', async () => {
    const { element } = await setUp();
    const cells = [...element.querySelectorAll('tr[data-camera=yard] td')].map((td) =>
      td.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(cells.slice(0, 5)).toEqual([
      'Yard',
      'failed There is no file y.mp4',
      'File y.mp4',
      'capture 30.0 of 30',
      'detected 5.0 of 5',
    ]);
  });

  it('sorts by a column, and the other way round', async () => {
    const { element, names, click } = await setUp();
    expect(names()).toEqual(['Gate', 'Yard']);
    await click('th:nth-child(2) button');
    expect(names()).toEqual(['Yard', 'Gate']);
    await click('th:nth-child(2) button');
    expect(names()).toEqual(['Gate', 'Yard']);
    expect(element.querySelector('th:nth-child(2)')?.ariaSort ?? '').toMatch(/descending|^$/);
    expect(element.querySelector('th:nth-child(2)')?.getAttribute('aria-sort')).toBe('descending');
  });

  it('sorts by the field that stands in for the columns on a phone', async () => {
    const { fixture, element, names, click } = await setUp();
    const by = element.querySelector<HTMLSelectElement>('.sort select');
    if (by === null) throw new Error('there is no field to sort by');
    by.selectedIndex = 1;
    by.dispatchEvent(new Event('change'));
    await fixture.whenStable();
    expect(names()).toEqual(['Yard', 'Gate']);
    await click('.sort button');
    expect(names()).toEqual(['Gate', 'Yard']);
    expect(element.querySelector('.sort button')?.ariaLabel).toBe('Descending');
  });

  it('filters, says that nothing is left, and shows all again', async () => {
    const { fixture, element, names, click } = await setUp();
    await click('.filters button:nth-child(2)');
    expect(names()).toEqual(['Yard']);
    const find = element.querySelector<HTMLInputElement>('[type=search]');
    if (find === null) throw new Error('there is no field to find by');
    find.value = 'gate';
    find.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    expect(element.querySelector('.empty')?.textContent).toContain('None of 2 cameras');
    await click('.empty button');
    expect(names()).toEqual(['Gate', 'Yard']);
  });

  it('switches a camera off, for the version that is shown', async () => {
    const { element, fetch, click } = await setUp();
    const off = { ...gate, enabled: false, version: 5 };
    fetch.mockResolvedValue(new Response(JSON.stringify(off)));
    await click('tr[data-camera=gate] [role=switch]');
    const [path, { method, body, headers }] = fetch.mock.calls[0] ?? ['', {}];
    expect([method, path, body]).toEqual(['PATCH', '/api/v1/cameras/gate', '{"enabled":false}']);
    expect(new Headers(headers).get('if-match')).toBe('"4"');
    await vi.waitFor(() => {
      const toggle = element.querySelector('tr[data-camera=gate] [role=switch]');
      expect(toggle?.getAttribute('aria-checked')).toBe('false');
    });
  });

  it('shows a viewer nothing that changes a camera', async () => {
    const { fixture, element } = await setUp();
    TestBed.inject(Session).role.set('viewer');
    await fixture.whenStable();
    expect(element.querySelectorAll('[role=switch], .actions, .add')).toHaveLength(0);
    expect(element.querySelectorAll('td.name')).toHaveLength(2);
  });
});
