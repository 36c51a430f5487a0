import type { PresenceEvent } from '@lookout/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEvent } from '../../testing/examples.ts';
import { ALL_EVENTS } from './event-filter.ts';
import { type AskEvents, newerThan, olderThan } from './neighbours.ts';

const START = Date.UTC(2026, 0, 1);
/** Gaps between starts, in ms: from the same moment to months. */
const apart = fc.oneof(
  fc.integer({ min: 0, max: 2 }),
  fc.integer({ min: 0, max: 3_600_000 }),
  fc.integer({ min: 0, max: 100 * 86_400_000 }),
);

/** Events, newest first, each there for a minute. */
function listOf(gaps: readonly number[]): PresenceEvent[] {
  let at = START;
  const list = gaps.map((gap, index) => {
    at += gap;
    return exampleEvent({
      id: `event-${String(index % 7)}-${String(index).padStart(4, '0')}`,
      startedAt: new Date(at).toISOString(),
      endedAt: new Date(at + 60_000).toISOString(),
    });
  });
  return list.sort((a, b) => b.startedAt.localeCompare(a.startedAt) || (a.id < b.id ? 1 : -1));
}

/** Answers as the server does, in pages so small that cursors are needed. */
function serverOf(list: readonly PresenceEvent[]): AskEvents {
  return ({ from, to, cursor, limit }) => {
    const wanted = list.filter(
      ({ startedAt, endedAt }) =>
        (to === undefined || startedAt < to) &&
        (from === undefined || endedAt === null || endedAt >= from),
    );
    const first = cursor === undefined ? 0 : wanted.findIndex(({ id }) => id === cursor) + 1;
    const items = wanted.slice(first, first + Math.min(limit, 2));
    const last = items.at(-1);
    const more = last !== undefined && last !== wanted.at(-1);
    return Promise.resolve({ items, nextCursor: more ? last.id : null });
  };
}

describe('the neighbours of an event', () => {
  it('are those that a list has above and below it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(apart, { minLength: 1, maxLength: 12 }), async (gaps) => {
        const list = listOf(gaps);
        const ask = serverOf(list);
        for (const [index, event] of list.entries()) {
          expect(await olderThan(event, ALL_EVENTS, ask)).toBe(list[index + 1]?.id ?? null);
          expect(await newerThan(event, ALL_EVENTS, ask)).toBe(list[index - 1]?.id ?? null);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stay within the filter', async () => {
    const list = listOf([0, 60_000, 60_000]);
    const [newest, middle] = list;
    if (newest === undefined || middle === undefined) throw new Error('there are three');
    const until = { ...ALL_EVENTS, to: Date.parse(newest.startedAt) };
    expect(await newerThan(middle, until, serverOf(list))).toBeNull();
    expect(await newerThan(middle, ALL_EVENTS, serverOf(list))).toBe(newest.id);
  });
});
