import { describe, expect, it } from 'vitest';
import { exampleBooks } from '../../testing/examples.ts';
import { bookSums } from './book-sums.ts';

describe('bookSums', () => {
  it('adds up both equations of the books', () => {
    expect(
      bookSums(exampleBooks()).map(({ total, sum }) => [total.name, total.count, sum]),
    ).toEqual([
      ['offered', 150, 150],
      ['delivered', 148, 148],
    ]);
  });

  it('shows a sum that does not match as it is', () => {
    const [offered] = bookSums(exampleBooks({ expired: 7 }));
    expect(offered?.sum).toBe(157);
    expect(offered?.total.count).toBe(150);
  });
});
