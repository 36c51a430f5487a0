import { expect, it } from 'vitest';
import { booksBalance } from './book-keeping.ts';

const books = {
  id: 'a',
  captured: 100,
  offered: 10,
  delivered: 6,
  overwritten: 2,
  expired: 1,
  waiting: 1,
  detected: 3,
  failed: 1,
  abandoned: 1,
  processing: 1,
};

it('sees a frame that is missing from either equation', () => {
  expect(booksBalance(books)).toBe(true);
  expect(booksBalance({ ...books, waiting: 0 })).toBe(false);
  expect(booksBalance({ ...books, processing: 0 })).toBe(false);
});
