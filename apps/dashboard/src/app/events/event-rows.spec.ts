import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridOf, rowsOf } from './event-rows.ts';

describe('gridOf', () => {
  it('is a list on a phone and fills wider pages', () => {
    expect(gridOf(330)).toMatchObject({ columns: 1, flat: true });
    expect(gridOf(1400)).toMatchObject({ columns: 6, flat: false });
  });
});

describe('rowsOf', () => {
  it('holds everything in order, in rows that are full but for the last', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (items, columns) => {
        const rows = rowsOf(items, columns);
        expect(rows.flat()).toEqual(items);
        expect(rows.slice(0, -1).every((row) => row.length === columns)).toBe(true);
      }),
    );
  });
});
