import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventQuery, StoredEvent } from '../events/events.repository.ts';
import { explainDatabase } from './explained-database.ts';
import { listEvents } from './list-events.ts';
import { type Database, openDatabase } from './open-database.ts';
import { SqliteEventsRepository } from './sqlite-events.repository.ts';

const CAMERAS = ['door', 'gate', 'yard'];
const LABELS = ['car', 'dog', 'person'];
const STATES = ['active', 'ended', 'uncertain'] as const;
const EVENTS = 400;
/** Half of the events last longer than ten minutes. */
const STEP_MS = 24_000;
const SPAN = 200;

let folder: string;
let database: Database;
let events: StoredEvent[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-lists-'));
  database = await openDatabase(join(folder, 'lookout.db'));
  events = Array.from({ length: EVENTS }, (_, number) => {
    const startedAt = ((number * 37) % SPAN) * STEP_MS;
    const state = number % 20 > 0 ? 'ended' : number % 3 === 0 ? 'active' : 'uncertain';
    const endedAt = state === 'ended' ? startedAt + ((number * 13) % 50) * STEP_MS : null;
    return {
      ...{ id: `event-${String((number * 7) % EVENTS)}`, cameraId: CAMERAS[number % 3] ?? '' },
      ...{ label: LABELS[number % 7 === 0 ? 1 : (number % 2) * 2] ?? '', state },
      ...{ startedAt, lastSeenAt: startedAt, endedAt, maxCount: 1, results: 3, gaps: [] },
      ...{ best: { epoch: 1, sequence: number, at: startedAt, confidence: 0.9 }, snapshot: null },
    };
  });
  const repository = new SqliteEventsRepository(database);
  await repository.keep({ memories: new Map(), events, turns: [] });
});

afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true });
});

/** What a list is by definition. */
function expected(asked: EventQuery): string[] {
  const { cameraIds, since, label, state, from, to, after, limit } = asked;
  return events
    .filter(
      (event) =>
        (cameraIds?.includes(event.cameraId) ?? true) &&
        (since?.get(event.cameraId) ?? event.startedAt) <= event.startedAt &&
        (label ?? event.label) === event.label &&
        (state ?? event.state) === event.state &&
        (from === undefined || event.endedAt === null || event.endedAt >= from) &&
        (to === undefined || event.startedAt < to) &&
        (after === undefined || isBefore(event, after)),
    )
    .sort((a, b) => (isBefore(a, b) ? 1 : -1))
    .slice(0, limit)
    .map(({ id }) => id);
}

type Place = Pick<StoredEvent, 'startedAt' | 'id'>;

function isBefore(one: Place, other: Place): boolean {
  if (one.startedAt !== other.startedAt) return one.startedAt < other.startedAt;
  return one.id < other.id;
}

const moment = fc.integer({ min: -10, max: SPAN + 60 }).map((step) => step * STEP_MS);
const maybe = <Value>(values: readonly Value[]) => fc.constantFrom(undefined, ...values);
const whose = fc
  .tuple(
    fc.option(fc.subarray([...CAMERAS, 'nowhere'])),
    fc.option(fc.array(fc.tuple(fc.constantFrom(...CAMERAS), moment))),
  )
  .map(([cameraIds, since]) =>
    cameraIds === null || since === null ? { cameraIds } : { cameraIds, since: new Map(since) },
  );
const query = fc
  .tuple(
    whose,
    fc.record({
      label: maybe(LABELS),
      state: maybe(STATES),
      from: fc.option(moment, { nil: undefined }),
      to: fc.option(moment, { nil: undefined }),
      after: fc.option(
        fc.record({ startedAt: moment, id: fc.constantFrom('event-1', 'event-210', 'event-399') }),
        { nil: undefined },
      ),
      limit: fc.integer({ min: 1, max: 60 }),
    }),
  )
  .map(([cameras, rest]) => ({ ...cameras, ...rest }));

/** How SQLite finds what a list asks for, statement by statement. */
async function searches(asked: Partial<EventQuery>): Promise<string[][]> {
  const explained = explainDatabase(join(folder, 'lookout.db'));
  await listEvents(explained.database, { cameraIds: null, limit: EVENTS, ...asked });
  await explained.database.destroy();
  return explained.searches;
}

describe('lists of events', () => {
  it('have what is wanted, in order', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const rows = await listEvents(database, asked);
        expect(rows.map(({ id }) => id)).toEqual(expected(asked));
      }),
      { numRuns: 500 },
    );
  });

  it('are the same of more cameras than fit into one statement', async () => {
    const others = Array.from({ length: 999 }, (_, index) => `other-${String(index)}`);
    const cameraIds = [...CAMERAS.slice(0, 1), ...others, ...CAMERAS.slice(1)];
    const since = new Map(cameraIds.map((id) => [id, STEP_MS]));
    for (const from of [undefined, 20 * STEP_MS]) {
      const asked = { cameraIds, since, from, limit: 30 };
      const rows = await listEvents(database, asked);
      expect(rows.map(({ id }) => id)).toEqual(expected(asked));
    }
  });

  const after = { startedAt: 9, id: 'event-1' };
  const short = [/eventsByStart \(startedAt>\? AND startedAt<\?\)/];
  const lasting = [/SCAN events USING INDEX lastingEvents/];
  it.each<[string, Partial<EventQuery>, RegExp[][]]>([
    ['a page', { after }, [[/eventsByStart \(\(startedAt,id\)<\(\?,\?\)\)/]]],
    ['a page before a moment', { after, to: 99 }, [[/\(startedAt,id\)<\(\?,\?\)/]]],
    ['from a moment on', { from: 5 }, [[/eventsByStart \(startedAt>\?\)/], short, lasting]],
    [
      'a rare label',
      { label: 'dog', from: 5 },
      [[/-label \(label=\? AND startedAt>\?/], short, lasting],
    ],
    ['a camera and a label', { cameraIds: ['gate'], label: 'car' }, [[/ByCameraAndLabel/]]],
    ['what goes on', { cameraIds: ['gate'], label: 'car', state: 'active' }, [[/-state/]]],
    ['what has ended', { cameraIds: ['gate'], state: 'ended' }, [[/-cameraId/]]],
    ['some cameras', { cameraIds: ['gate', 'yard'] }, [[/cameraId=\?/, /cameraId=\?/]]],
  ])('are found by an index: %s', async (_, asked, steps) => {
    const matching = steps.map((step) => step.map((one) => expect.stringMatching(one) as string));
    expect(await searches(asked)).toEqual(matching);
  });
});
