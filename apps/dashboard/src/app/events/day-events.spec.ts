import { TestBed } from '@angular/core/testing';
import type { PresenceEvent } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { exampleEvent } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { ServerClock } from '../server/server-clock.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { DayEvents } from './day-events.ts';
import { ALL_EVENTS, type EventFilter } from './event-filter.ts';
import { dayOf } from './span.ts';

const HOUR = 3_600_000;

/** Number 3 began in the third second. */
const eventNo = (no: number, changes: Partial<PresenceEvent> = {}) =>
  exampleEvent({
    id: `event-${String(no).padStart(5, '0')}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) + no * 1000).toISOString(),
    ...changes,
  });

/** A day of so many events, all of them here. */
async function setUp(count: number, filter: EventFilter = ALL_EVENTS) {
  const page = setUpPage([], [DayEvents]);
  const server = Array.from({ length: count }, (_, index) => eventNo(count - index));
  page.fetch.mockImplementation((address) => {
    const { pathname, searchParams: query } = new URL(address, 'http://localhost');
    const id = pathname.split('/')[4];
    if (id !== undefined) {
      const found = server.find((event) => event.id === id);
      return Promise.resolve(Response.json(found ?? {}, { status: found ? 200 : 404 }));
    }
    const state = query.get('state');
    const wanted = server.filter((event) => state === null || event.state === state);
    const from = wanted.findIndex((event) => event.id === query.get('cursor')) + 1;
    const items = wanted.slice(from, from + Number(query.get('limit')));
    const last = items.at(-1);
    const nextCursor = last === undefined || last === wanted.at(-1) ? null : last.id;
    return Promise.resolve(Response.json({ items, nextCursor }));
  });
  const day = TestBed.inject(DayEvents);
  await day.open(filter, dayOf(page.clock.now()));
  const ids = () => day.items().map(({ id }) => id);
  const all = () => server.map(({ id }) => id);
  const look = () => page.clock.advanceAsync(10_000);
  return { ...page, server, day, ids, all, look };
}

describe('DayEvents', () => {
  it('puts what is new on top of what is here', async () => {
    const { server, day, ids, all, look, fetch } = await setUp(450);
    expect([ids(), day.whole()]).toEqual([all(), true]);
    server.unshift(eventNo(452), eventNo(451));
    fetch.mockClear();
    await look();
    await vi.waitFor(() => {
      expect(ids()).toEqual(all());
    });
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('leaves no hole when more came than it is told at once, while nobody saw the page', async () => {
    const { server, day, ids, all, look } = await setUp(30);
    const { visible } = TestBed.inject(PageVisibility);
    visible.set(false);
    server.unshift(...Array.from({ length: 500 }, (_, index) => eventNo(530 - index)));
    await look();
    expect(ids()).toHaveLength(30);
    visible.set(true);
    await look();
    await vi.waitFor(() => {
      expect([ids(), day.whole(), day.busy()]).toEqual([all(), true, false]);
    });
  });

  it('sees an event end far below the newest, and one go', async () => {
    const { server, day, ids, all, look } = await setUp(0);
    const open = { state: 'active', endedAt: null } as const;
    server.push(...Array.from({ length: 250 }, (_, index) => eventNo(250 - index)));
    server.splice(-2, 2, eventNo(2, open), eventNo(1, open));
    await day.open(ALL_EVENTS, dayOf(Date.UTC(2026, 0, 1)));
    server.splice(-2, 2, eventNo(2));
    await look();
    await vi.waitFor(() => {
      expect([ids(), day.items().at(-1)?.state]).toEqual([all(), 'ended']);
    });
  });

  it('drops what its filter lets through no longer', async () => {
    const { server, day, ids, look } = await setUp(0);
    const open = { state: 'active', endedAt: null } as const;
    server.push(...Array.from({ length: 220 }, (_, index) => eventNo(220 - index, open)));
    await day.open({ ...ALL_EVENTS, state: 'active' }, dayOf(Date.UTC(2026, 0, 1)));
    expect(ids()).toHaveLength(220);
    server.splice(100, 1, eventNo(120));
    server.splice(-1, 1, eventNo(1));
    for (let turn = 0; turn < 6; turn += 1) await look();
    await vi.waitFor(() => {
      expect(ids()).toHaveLength(218);
    });
  });

  it('goes on while the day lasts at the server, however the clock of the browser is set', async () => {
    const { server, ids, all, look, clock } = await setUp(3);
    const noon = clock.now() + 12 * HOUR;
    clock.setWall(noon + 48 * HOUR);
    TestBed.inject(ServerClock).noteDate(new Date(noon).toUTCString(), clock.now());
    server.unshift(eventNo(4));
    await look();
    await vi.waitFor(() => {
      expect(ids()).toEqual(all());
    });
  });

  it('sees an event end whose day is over, and then asks no more', async () => {
    const { server, day, look, clock, fetch } = await setUp(0);
    server.push(eventNo(1, { state: 'active', endedAt: null }));
    await day.open(ALL_EVENTS, dayOf(clock.now()));
    clock.setWall(clock.now() + 30 * HOUR);
    server.splice(0, 1, eventNo(1));
    await look();
    await vi.waitFor(() => {
      expect(day.items().map(({ state }) => state)).toEqual(['ended']);
    });
    fetch.mockClear();
    await look();
    expect(fetch).not.toHaveBeenCalled();
  });

  it('keeps what is here while nothing answers, and then asks for the newest only', async () => {
    const { server, day, ids, all, look, fetch } = await setUp(450);
    const before = all();
    server.unshift(eventNo(451));
    fetch.mockRejectedValueOnce(new TypeError('away'));
    await look();
    await vi.waitFor(() => {
      expect([day.problem(), ids()]).toEqual(['Lookout does not answer.', before]);
    });
    fetch.mockClear();
    await look();
    await vi.waitFor(() => {
      expect([day.problem(), ids()]).toEqual([null, all()]);
    });
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('goes on where the fetching of a day broke off', async () => {
    const { server, day, ids, all, look, fetch, clock } = await setUp(0);
    server.push(...Array.from({ length: 450 }, (_, index) => eventNo(450 - index)));
    const answers = fetch.getMockImplementation();
    fetch
      .mockClear()
      .mockImplementation((address, init) =>
        address.includes('cursor') || answers === undefined
          ? Promise.reject(new TypeError('away'))
          : answers(address, init),
      );
    await day.open(ALL_EVENTS, dayOf(clock.now()));
    expect([ids(), day.problem()]).toEqual([all().slice(0, 200), 'Lookout does not answer.']);
    if (answers !== undefined) fetch.mockImplementation(answers);
    await look();
    await vi.waitFor(() => {
      expect([ids(), day.whole(), day.problem()]).toEqual([all(), true, null]);
    });
    expect(fetch).toHaveBeenCalledTimes(2 + 2);
  });

  it('tries again after the end of a day what was not answered before', async () => {
    const { day, look, clock, fetch } = await setUp(3);
    fetch.mockRejectedValueOnce(new TypeError('away'));
    await look();
    await vi.waitFor(() => {
      expect(day.problem()).not.toBeNull();
    });
    clock.setWall(clock.now() + 30 * HOUR);
    await look();
    await vi.waitFor(() => {
      expect(day.problem()).toBeNull();
    });
  });
});
