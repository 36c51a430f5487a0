import type { Books } from '@lookout/contracts';

/** Frames that were offered to the detector and never got a result. */
export function missedByDetector(books: Books): number {
  return books.overwritten + books.expired + books.failed + books.abandoned;
}

/** The same for the time between two readings; `null` when they are not of the same books. */
export function missedBetween(before: Books | null, after: Books | null): number | null {
  if (before === null || after?.id !== before.id) return null;
  return missedByDetector(after) - missedByDetector(before);
}
