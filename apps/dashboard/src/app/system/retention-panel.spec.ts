import { TestBed } from '@angular/core/testing';
import type { Retention } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { RetentionPanel } from './retention-panel.ts';

const NOTHING = { age: 0, budget: 0, orphans: 0, bytes: 0 };

const retention: Retention = {
  days: 14,
  diskBytes: 1024 * 1024 * 1024,
  usedBytes: 536_870_912,
  next: { at: '2026-01-01T00:07:00.000Z', amounts: NOTHING, events: [] },
  last: { at: '2025-12-31T23:52:00.000Z', amounts: NOTHING, trouble: null },
};

async function show(changes: Partial<Retention> = {}) {
  const { clock, fetch } = setUpPage();
  fetch.mockImplementation(() => Promise.resolve(Response.json({ ...retention, ...changes })));
  const fixture = TestBed.createComponent(RetentionPanel);
  const element = fixture.nativeElement as HTMLElement;
  clock.advance(0);
  await vi.waitFor(async () => {
    await fixture.whenStable();
    expect(element.querySelector('[role=meter]')).not.toBeNull();
  });
  const words = element.textContent.replace(/\s+/g, ' ');
  return { element, words };
}

describe('RetentionPanel', () => {
  it('says how long events are kept, what they take, and when the next run is', async () => {
    const { element, words } = await show();
    expect(words).toContain('kept for 14 days, as long as all of them take at most 1.1 GB');
    expect(element.querySelector('[role=meter]')?.getAttribute('aria-valuetext')).toBe(
      '537 MB of 1.1 GB, 50 %',
    );
    expect(words).toMatch(/Next run \d\d:07:00, in 7 min It deletes nothing/);
    expect(words).toMatch(/Last run.*52:00, 8 min ago ?It deleted nothing/);
    expect(element.querySelector('details')).toBeNull();
  });

  it('lists what goes next, why, and with links while it can be seen', async () => {
    const event = {
      id: 'event-1',
      cameraId: 'gate',
      label: 'person',
      endedAt: '2025-12-18T08:00:00.000Z',
      reason: 'age' as const,
      bytes: 41_873,
    };
    const amounts = { age: 1, budget: 2, orphans: 1, bytes: 2_100_000 };
    const next = { at: '2026-01-01T00:07:00.000Z', amounts, events: [event] };
    const { element, words } = await show({ next });
    expect(words).toContain('1 event too old, 2 events over budget, 1 file of no event (2.1 MB)');
    const details = element.querySelector('details');
    expect(details?.querySelector('summary')?.textContent).toBe('The first 1 of 3 events');
    expect(details?.querySelector('a')?.getAttribute('href')).toBe('/events/event-1');
    expect(details?.querySelector('li')?.textContent).toMatch(
      /person at Gate.*ended 2025-12-18.*, too old, 41\.9 kB/,
    );
  });

  it('is loud about a budget that is passed and a run that was not finished', async () => {
    const trouble = 'Old events cannot be deleted: disk I/O error';
    const { element, words } = await show({
      usedBytes: 2 * 1024 * 1024 * 1024,
      last: {
        at: '2025-12-31T23:52:00.000Z',
        amounts: { ...NOTHING, age: 3, bytes: 9e6 },
        trouble,
      },
    });
    expect(words).toContain('2.1 GB of 1.1 GB, 200 % over budget');
    expect(element.querySelector('.trouble')?.textContent).toContain(trouble);
    expect(words).toContain('It deleted 3 events too old (9 MB)');
  });

  it('says that the next run is not known while Redis is away, and of a start without one', async () => {
    const { words } = await show({ next: { ...retention.next, at: null }, last: null });
    expect(words).toContain('not known while Redis is away: nothing is deleted until it is back');
    expect(words).toContain('none since the api started');
  });
});
