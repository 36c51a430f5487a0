import {
  type Expression,
  type ExpressionBuilder,
  type Selectable,
  sql,
  type SqlBool,
} from 'kysely';
import type { EventQuery } from '../events/events.repository.ts';
import type { Database } from './open-database.ts';
import type { Tables } from './schema.ts';

/** Events that are longer have an index of their own, which serves only who asks for just these. */
const LASTING_MS = 600_000;
const LASTING = sql.lit(LASTING_MS);

/** SQLite takes no statement of more than 500 parts. */
const CAMERAS_AT_ONCE = 100;

type EventRow = Selectable<Tables['events']>;
type Events = ExpressionBuilder<Tables, 'events'>;

/**
 * Rows of events, newest start first. What is there from a moment on either began since, and comes
 * first, or was there already, which is little: each is read by an index of its own.
 */
export async function listEvents(database: Database, query: EventQuery): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  for (const part of byCameras(query)) rows.push(...(await listPart(database, part)));
  return rows.sort(byStart).slice(0, query.limit);
}

function byCameras(query: EventQuery): EventQuery[] {
  const { cameraIds } = query;
  if (cameraIds === null || cameraIds.length <= CAMERAS_AT_ONCE) return [query];
  const parts = Math.ceil(cameraIds.length / CAMERAS_AT_ONCE);
  return Array.from({ length: parts }, (_, part) => {
    const some = cameraIds.slice(part * CAMERAS_AT_ONCE, (part + 1) * CAMERAS_AT_ONCE);
    const since = new Map([...(query.since ?? [])].filter(([id]) => some.includes(id)));
    return { ...query, cameraIds: some, since };
  });
}

async function listPart(database: Database, query: EventQuery): Promise<EventRow[]> {
  const { from, limit } = query;
  const since = await begun(database, query);
  if (from === undefined || since.length === limit) return since;
  const before = await stillThere(database, { ...query, limit: limit - since.length }, from);
  return [...since, ...before];
}

async function begun(database: Database, query: EventQuery): Promise<EventRow[]> {
  const { cameraIds, since, label, state, from, limit } = query;
  // Those that go on are few, and found by their state; that one has ended says next to nothing.
  const isFew = state === 'active' || state === 'uncertain';
  const parts = (cameraIds ?? [null]).map((cameraId) => {
    const earliest = Math.max(from ?? -Infinity, since?.get(cameraId ?? '') ?? -Infinity);
    return database
      .selectFrom('events')
      .selectAll()
      .where((is) =>
        is.and([
          ...(cameraId === null
            ? []
            : [is(isFew ? unindexed('cameraId') : 'cameraId', '=', cameraId)]),
          ...(label === undefined ? [] : [is(isFew ? unindexed('label') : 'label', '=', label)]),
          ...(state === undefined ? [] : [is(isFew ? 'state' : unindexed('state'), '=', state)]),
          ...(earliest === -Infinity ? [] : [is('startedAt', '>=', earliest)]),
          ...upTo(is, query, 'startedAt'),
        ]),
      );
  });
  const [first, ...others] = parts;
  if (first === undefined) return [];
  // Merged in order: of no camera more is read than is shown.
  const all = others.reduce((merged, part) => merged.unionAll(part), first);
  return all.orderBy('startedAt', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Events that had begun before a moment and went on. */
async function stillThere(
  database: Database,
  query: EventQuery,
  from: number,
): Promise<EventRow[]> {
  const { cameraIds, since = new Map<string, number>(), label, state, limit } = query;
  const others = (is: Events) =>
    is.and([
      ...(cameraIds === null ? [] : [is(unindexed('cameraId'), 'in', cameraIds)]),
      ...(label === undefined ? [] : [is(unindexed('label'), '=', label)]),
      ...(state === undefined ? [] : [is(unindexed('state'), '=', state)]),
      ...[...since].map(([cameraId, earliest]) =>
        is.or([
          is(unindexed('cameraId'), '!=', cameraId),
          is(unindexed('startedAt'), '>=', earliest),
        ]),
      ),
      ...upTo(is, query, unindexed('startedAt')),
    ]);
  const events = database
    .selectFrom('events')
    .selectAll()
    .where(others)
    .orderBy(unindexed('startedAt'), 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  const short = await events
    .where('startedAt', '>=', from - LASTING_MS)
    .where('startedAt', '<', from)
    .where(unindexed('endedAt'), '>=', from)
    .where(sql<SqlBool>`"endedAt" - "startedAt" <= ${LASTING}`)
    .execute();
  const lasting = await events
    .where(sql<SqlBool>`("endedAt" is null or "endedAt" - "startedAt" > ${LASTING})`)
    .where((is) => is.or([is('endedAt', 'is', null), is('endedAt', '>=', from)]))
    .where(unindexed('startedAt'), '<', from)
    .execute();
  return [...short, ...lasting].sort(byStart).slice(0, limit);
}

function byStart(one: EventRow, other: EventRow): number {
  return other.startedAt - one.startedAt || (other.id < one.id ? -1 : 1);
}

/** One bound of the two, the lower one: of both SQLite would look only one up, and not always that. */
function upTo(
  is: Events,
  { to, after }: EventQuery,
  startedAt: 'startedAt' | Expression<number>,
): Expression<SqlBool>[] {
  if (after !== undefined && (to === undefined || after.startedAt < to)) {
    const column = startedAt === 'startedAt' ? is.ref(startedAt) : startedAt;
    return [sql`(${column}, ${is.ref('id')}) < (${after.startedAt}, ${after.id})`];
  }
  return to === undefined ? [] : [is(startedAt, '<', to)];
}

/** A column for whose sake SQLite uses no index: without statistics it would pick the wrong one. */
function unindexed<Column extends keyof EventRow>(column: Column): Expression<EventRow[Column]> {
  return sql<EventRow[Column]>`+${sql.ref(column)}`;
}
