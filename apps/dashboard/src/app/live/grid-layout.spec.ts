import { describe, expect, it } from 'vitest';
import { chosenLayout, gridLayout, neighbour } from './grid-layout.ts';

describe('gridLayout', () => {
  it.each([
    [1, { columns: 1, rows: 1 }],
    [4, { columns: 2, rows: 2 }],
    [9, { columns: 3, rows: 3 }],
    [16, { columns: 4, rows: 4 }],
  ])('fills a desktop window with %i tiles', (count, layout) => {
    expect(gridLayout(count, 1440, 852)).toEqual(layout);
  });

  it('stands tiles beside each other in a flat window and below each other in a high one', () => {
    expect(gridLayout(2, 1440, 500)).toEqual({ columns: 2, rows: 1 });
    expect(gridLayout(2, 800, 1200)).toEqual({ columns: 1, rows: 2 });
  });

  it('lets the page scroll with more than sixteen tiles, and always on a phone', () => {
    expect(gridLayout(17, 1440, 852)).toEqual({ columns: 4, rows: null });
    expect(gridLayout(1, 360, 700)).toEqual({ columns: 1, rows: null });
  });

  it('scrolls rather than show nothing in a window without height', () => {
    expect(gridLayout(4, 800, 60).rows).toBeNull();
  });
});

describe('chosenLayout', () => {
  it('keeps the chosen grid with fewer cameras, and scrolls by whole tiles with more', () => {
    expect(chosenLayout(4, 2, 1440, 852, 8)).toEqual({ columns: 2, rows: 2 });
    expect(chosenLayout(4, 5, 1440, 852, 8)).toEqual({ columns: 2, rows: null, rowHeight: 414 });
    expect(chosenLayout(1, 3, 1440, 852, 8)).toEqual({ columns: 1, rows: null, rowHeight: 836 });
  });

  it('leaves it to the window when nothing was chosen, and on a phone', () => {
    expect(chosenLayout('auto', 9, 1440, 852, 8)).toEqual(gridLayout(9, 1440, 852));
    expect(chosenLayout(16, 9, 360, 700, 8)).toEqual({ columns: 1, rows: null });
  });
});

describe('neighbour', () => {
  it('moves by one, and by a row', () => {
    const moves = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'x'];
    expect(moves.map((key) => neighbour(4, key, 3, 9))).toEqual([5, 3, 7, 1, 4]);
  });

  it('stays where the grid ends', () => {
    expect(neighbour(0, 'ArrowLeft', 3, 8)).toBe(0);
    expect(neighbour(1, 'ArrowUp', 3, 8)).toBe(1);
    expect(neighbour(7, 'ArrowRight', 3, 8)).toBe(7);
    expect(neighbour(5, 'ArrowDown', 3, 8)).toBe(5);
  });
});
