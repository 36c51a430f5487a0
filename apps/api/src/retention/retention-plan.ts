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

type EndedEvent = KeptEvent & { readonly endedAt: number };

/** An event to be deleted with its pictures. */
export interface Doomed {
  readonly event: EndedEvent;
  readonly files: readonly PictureFile[];
  readonly reason: RetentionReason;
  readonly bytes: number;
}

/** What is to be deleted at a moment. */
export interface RetentionPlan {
  /** First what is too old, then what is too much, each oldest first. */
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
  const pictures = new Set(events.map(({ picture }) => picture));
  const isOrphan = ({ name, changedAt }: PictureFile): boolean =>
    !pictures.has(name) && now - changedAt > ORPHAN_AFTER_MS;
  const orphans = files.filter(isOrphan);
  const filesOf = Map.groupBy(files, ({ eventId }) => eventId);
  const usedBytes = total(events, 'rowBytes') + total(files, 'bytes');
  const doom = (event: EndedEvent, reason: RetentionReason): Doomed => {
    const own = (filesOf.get(event.id) ?? []).filter((file) => !isOrphan(file));
    return { event, files: own, reason, bytes: event.rowBytes + total(own, 'bytes') };
  };

  const ended = events.filter((event): event is EndedEvent => event.endedAt !== null);
  const oldest = now - rules.days * DAY_MS;
  const doomed = ended
    .filter(({ endedAt }) => endedAt < oldest)
    .sort(byEnd)
    .map((event) => doom(event, 'age'));
  let left = usedBytes - total(orphans, 'bytes') - total(doomed, 'bytes');
  if (left > rules.diskBytes) {
    for (const event of ended.filter(({ endedAt }) => endedAt >= oldest).sort(byEnd)) {
      const one = doom(event, 'budget');
      doomed.push(one);
      left -= one.bytes;
      if (left <= rules.diskBytes) break;
    }
  }
  return { events: doomed, orphans, usedBytes };
}

function byEnd(one: EndedEvent, other: EndedEvent): number {
  return one.endedAt - other.endedAt;
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
