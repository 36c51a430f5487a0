import type { RetentionAmounts, RetentionReason } from '@lookout/contracts';
import type { PictureFile } from '../events/event-pictures.ts';
import type { KeptEvent } from './kept-events.repository.ts';

const DAY_MS = 86_400_000;
/** A file that is younger may belong to an event that the database is about to have. */
const ORPHAN_AFTER_MS = 3_600_000;

/** How much is kept. */
export interface RetentionRules {
  readonly days: number;
  readonly diskBytes: number;
}

/** An event to be deleted with its pictures. */
export interface Doomed {
  readonly event: KeptEvent & { readonly endedAt: number };
  readonly files: readonly PictureFile[];
  readonly reason: RetentionReason;
  readonly bytes: number;
}

/** What is to be deleted at a moment. */
export interface RetentionPlan {
  /** Oldest first. */
  readonly events: readonly Doomed[];
  readonly orphans: readonly PictureFile[];
  /** Of everything that is there now, what is to be deleted included. */
  readonly usedBytes: number;
}

/**
 * Says what goes: what ended too long ago, then the oldest until the rest fits the budget, and files
 * that belong to nothing. Events that go on stay, however much they take.
 * @param now - ms since the Unix epoch
 */
export function planRetention(
  events: readonly KeptEvent[],
  files: readonly PictureFile[],
  rules: RetentionRules,
  now: number,
): RetentionPlan {
  const known = new Set(events.map(({ id }) => id));
  const isOld = ({ changedAt }: PictureFile) => now - changedAt > ORPHAN_AFTER_MS;
  const orphans = files.filter((file) => (file.isDraft || !known.has(file.eventId)) && isOld(file));
  const filesOf = Map.groupBy(files, ({ eventId }) => eventId);
  const usedBytes = total(events, 'rowBytes') + total(files, 'bytes');

  const ended = events.flatMap((event) => {
    const { endedAt } = event;
    if (endedAt === null) return [];
    const own = (filesOf.get(event.id) ?? []).filter((file) => !orphans.includes(file));
    const bytes = event.rowBytes + total(own, 'bytes');
    return [{ event: { ...event, endedAt }, files: own, bytes }];
  });
  ended.sort((a, b) => a.event.endedAt - b.event.endedAt);
  const oldest = now - rules.days * DAY_MS;
  let left = usedBytes - total(orphans, 'bytes');
  const doomed: Doomed[] = [];
  for (const one of ended) {
    const reason = one.event.endedAt < oldest ? 'age' : left > rules.diskBytes ? 'budget' : null;
    if (reason === null) break;
    doomed.push({ ...one, reason });
    left -= one.bytes;
  }
  return { events: doomed, orphans, usedBytes };
}

export function amountsOf(events: readonly Doomed[], orphans: readonly PictureFile[]) {
  const amounts: RetentionAmounts = {
    age: events.filter(({ reason }) => reason === 'age').length,
    budget: events.filter(({ reason }) => reason === 'budget').length,
    orphans: orphans.length,
    bytes: total(events, 'bytes') + total(orphans, 'bytes'),
  };
  return amounts;
}

function total<Key extends string>(items: readonly Record<Key, number>[], key: Key): number {
  return items.reduce((sum, item) => sum + item[key], 0);
}
