import type { Books } from '@lookout/contracts';

/** Whether both equations of the books hold. */
export function booksBalance(books: Books): boolean {
  const offered = books.delivered + books.overwritten + books.expired + books.waiting;
  const delivered = books.detected + books.failed + books.abandoned + books.processing;
  return books.offered === offered && books.delivered === delivered;
}
