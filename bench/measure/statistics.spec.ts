import { expect, it } from 'vitest';
import { cadence, median, quantile } from './statistics.ts';

it('takes the middle, or the mean of the middle two, whatever the order', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

it('finds the value below which a fraction lies', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantile(hundred, 0.5)).toBe(50);
  expect(quantile(hundred, 0.95)).toBe(95);
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

it('counts what falls into the window, and the gaps at its edges too', () => {
  const moments = [900, 1000, 1100, 1400, 1500, 2100];
  expect(cadence(moments, 1000, 2000)).toEqual({ perSecond: 4, longestGapMs: 500 });
  expect(cadence([], 0, 1000)).toEqual({ perSecond: 0, longestGapMs: 1000 });
});
