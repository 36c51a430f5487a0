import { TestBed } from '@angular/core/testing';
import type { PresenceEvent } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { exampleEvent } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { ALL_EVENTS } from './event-filter.ts';
import { EventList, LOOK_MS, PAGE_SIZE } from './event-list.ts';

/** Number 3 began in the third minute. */
const eventNo = (no: number, changes: Partial<PresenceEvent> = {}) =>
  exampleEvent({
    id: `event-${String(no).padStart(5, '0')}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) + no * 60_000).toISOString(),
    ...changes,
  });

/** A server with these events, newest first, and a list of them. */
function setUp(count: number) {
  const page = setUpPage([], [EventList]);
  const server = Array.from({ length: count }, (_, index) => eventNo(count - index));
  const asked: string[] = [];
  page.fetch.mockImplementation((address) => {
    asked.push(address);
    const [path = '', search] = address.split('?');
    const query = new URLSearchParams(search);
    const id = path.split('/')[4];
    if (id !== undefined) {
      const found = server.find((event) => event.id === id);
      return Promise.resolve(Response.json(found ?? {}, { status: found ? 200 : 404 }));
    }
    const from = server.findIndex((event) => event.id === query.get('cursor')) + 1;
    const items = server.slice(from, from + Number(query.get('limit')));
    const last = items.at(-1);
    const nextCursor = last === undefined || last === server.at(-1) ? null : last.id;
    return Promise.resolve(Response.json({ items, nextCursor }));
  });
  const list = TestBed.inject(EventList);
  const ids = () => list.items().map(({ id }) => id);
  const look = async () => {
    const before = list.answeredAt();
    page.clock.advance(LOOK_MS);
    await vi.waitFor(() => {
      expect(list.answeredAt()).not.toBe(before);
    });
    await Promise.resolve();
  };
  return { ...page, server, asked, list, ids, look };
}

describe('EventList', () => {
  it('gets every event once, page by page, down to the end', async () => {
    const { list, ids, server, asked } = setUp(PAGE_SIZE * 2 + 5);
    await list.open({ ...ALL_EVENTS, label: 'car' });
    expect(list.items()).toHaveLength(PAGE_SIZE);
    while (list.cursor() !== null) await list.more();
    await list.more();
    expect(ids()).toEqual(server.map(({ id }) => id));
    expect(asked).toHaveLength(3);
    expect(asked.every((address) => address.includes('label=car'))).toBe(true);
  });

  it('lets new events wait until they are called in', async () => {
    const { list, ids, server, look } = setUp(4);
    await list.open(ALL_EVENTS);
    const before = ids();
    server.unshift(eventNo(6), eventNo(5));
    await look();
    expect([ids(), list.waiting()]).toEqual([before, 2]);
    await list.renew();
    expect([ids()[0], list.waiting()]).toEqual([eventNo(6).id, 0]);
  });

  it('does not take for new what it has not come to yet', async () => {
    const { list, look } = setUp(PAGE_SIZE + 3);
    await list.open(ALL_EVENTS);
    list.forget(list.items()[0]?.id ?? '');
    await look();
    expect(list.waiting()).toBe(1);
    await list.renew();
    await look();
    expect(list.waiting()).toBe(0);
  });

  it('sees an event end where it stands, far below the first page as well', async () => {
    const { list, server, look } = setUp(PAGE_SIZE + 3);
    const last = server.length - 1;
    server[last] = eventNo(1, { state: 'active', endedAt: null });
    await list.open(ALL_EVENTS);
    await list.more();
    server[last] = eventNo(1);
    await look();
    await vi.waitFor(() => {
      expect(list.items()[last]?.state).toBe('ended');
    });
  });

  it('keeps what it has while nothing answers, and says so', async () => {
    const { list, ids, clock, fetch } = setUp(3);
    await list.open(ALL_EVENTS);
    fetch.mockRejectedValue(new TypeError('away'));
    clock.advance(LOOK_MS);
    await vi.waitFor(() => {
      expect(list.problem()).toBe('Lookout does not answer.');
    });
    expect(ids()).toHaveLength(3);
  });

  it('gets what comes after by itself, when it could not be got at first', async () => {
    const { list, ids, server, fetch, clock } = setUp(PAGE_SIZE + 3);
    await list.open(ALL_EVENTS);
    fetch.mockRejectedValueOnce(new TypeError('away'));
    await list.more();
    expect([ids().length, list.problem()]).toEqual([PAGE_SIZE, 'Lookout does not answer.']);
    await clock.advanceAsync(LOOK_MS);
    await vi.waitFor(() => {
      expect(ids()).toEqual(server.map(({ id }) => id));
    });
    expect([list.cursor(), list.problem()]).toEqual([null, null]);
  });

  it('drops the answer to a question that is no longer asked', async () => {
    const { list, ids, fetch } = setUp(3);
    const late = Promise.withResolvers<Response>();
    fetch.mockReturnValueOnce(late.promise);
    const first = list.open({ ...ALL_EVENTS, label: 'dog' });
    await list.open(ALL_EVENTS);
    late.resolve(Response.json({ items: [eventNo(9)], nextCursor: null }));
    await first;
    expect(ids()).toEqual([3, 2, 1].map((no) => eventNo(no).id));
  });
});
