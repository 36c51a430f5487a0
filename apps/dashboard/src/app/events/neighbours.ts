import type { EventPage, PresenceEvent } from '@lookout/contracts';
import { type EventFilter, queryOf } from './event-filter.ts';

/** The query of a list of events. */
export type EventQuery = ReturnType<typeof queryOf> & {
  readonly limit: number;
  readonly cursor?: string;
};

/** Asks the server for a part of the events. */
export type AskEvents = (query: EventQuery) => Promise<EventPage>;

/** Where an event stands in a list. */
export type Place = Pick<PresenceEvent, 'id' | 'startedAt'>;

const PAGE_SIZE = 200;
const MINUTE = 60_000;
/** How far ahead the next newer one is looked for: further only while nothing is found. */
const AHEAD = [10 * MINUTE, 120 * MINUTE, 1440 * MINUTE, 23_040 * MINUTE, Infinity];

/** The one that a list has below this one. */
export async function olderThan(
  { id, startedAt }: Place,
  filter: EventFilter,
  ask: AskEvents,
): Promise<string | null> {
  // Up to and with its own millisecond, in which others may have begun as well.
  const to = Math.min(filter.to ?? Infinity, Date.parse(startedAt) + 1);
  let query: EventQuery = { ...queryOf({ ...filter, to }), limit: 5 };
  for (;;) {
    const { items, nextCursor } = await ask(query);
    const found = items.find((item) => comparePlaces(item, { id, startedAt }) < 0);
    if (found !== undefined || nextCursor === null) return found?.id ?? null;
    query = { ...query, cursor: nextCursor };
  }
}

/** The one that a list has above this one. The server counts downwards only, so a window is opened. */
export async function newerThan(
  event: Place,
  filter: EventFilter,
  ask: AskEvents,
): Promise<string | null> {
  const start = Date.parse(event.startedAt);
  const from = Math.max(filter.from ?? 0, start);
  const end = filter.to ?? Infinity;
  for (const ahead of AHEAD) {
    const to = Math.min(start + ahead, end);
    const window = { ...filter, from, to: to === Infinity ? null : to };
    const found = await lowestAbove(event, window, ask);
    if (found !== null || to === end) return found;
  }
  return null;
}

async function lowestAbove(
  event: Place,
  filter: EventFilter,
  ask: AskEvents,
): Promise<string | null> {
  let lowest: PresenceEvent | null = null;
  let query: EventQuery = { ...queryOf(filter), limit: PAGE_SIZE };
  for (;;) {
    const { items, nextCursor } = await ask(query);
    const above = items.filter((item) => comparePlaces(item, event) > 0);
    lowest = above.at(-1) ?? lowest;
    if (nextCursor === null || above.length < items.length) return lowest?.id ?? null;
    query = { ...query, cursor: nextCursor };
  }
}

/** By the order of lists, where the newest stands first: positive when `a` is above. */
export function comparePlaces(a: Place, b: Place): number {
  const [x, y] = [Date.parse(a.startedAt), Date.parse(b.startedAt)];
  if (x !== y) return x - y;
  return a.id === b.id ? 0 : a.id > b.id ? 1 : -1;
}
