import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Newest } from './newest.ts';
import { RingTable } from './ring-table.ts';

describe('RingTable', () => {
  it('keeps the newest rows in order, like an array that is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 40 }), (values) => {
        const table = new RingTable(2, 7);
        for (const value of values) table.push([value, -value]);
        expect(table.length).toBe(Math.min(values.length, 7));
        expect(table.column(0)).toEqual(values.slice(-7));
        expect(table.column(1)).toEqual(values.slice(-7).map((value) => -value));
        expect(table.newest(0)).toBe(values.at(-1) ?? null);
      }),
    );
  });

  it('gives back what was not known as null', () => {
    const table = new RingTable(3, 2);
    table.push([1, null, undefined]);
    expect([table.column(0), table.column(1), table.column(2)]).toEqual([[1], [null], [null]]);
    expect(table.newest(1)).toBeNull();
  });
});

describe('Newest', () => {
  it('forgets the oldest and lists the newest first', () => {
    const newest = new Newest<number>(3);
    for (const item of [1, 2, 3, 4, 5]) newest.push(item);
    expect(newest.list()).toEqual([5, 4, 3]);
    expect(newest.find((item) => item < 5)).toBe(4);
    expect(newest.find((item) => item < 3)).toBeUndefined();
  });
});
