import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fairShares } from './fair-shares.ts';

const demand = (fps: number, weight = 1, minFps = 0) => ({ fps, weight, minFps });
const rounded = (shares: readonly number[]) => shares.map((share) => Math.round(share * 100) / 100);

it('gives everybody what they offer while it fits', () => {
  expect(fairShares([demand(5), demand(2, 10)], 7)).toEqual([5, 2]);
  expect(fairShares([], 7)).toEqual([]);
});

it('cuts in proportion to the weights, and gives on what somebody does not need', () => {
  expect(rounded(fairShares([demand(9), demand(9, 2), demand(9, 4)], 7))).toEqual([1, 2, 4]);
  expect(rounded(fairShares([demand(1), demand(9), demand(9)], 7))).toEqual([1, 3, 3]);
});

it('keeps minimums, and cuts those in proportion when they do not fit', () => {
  expect(rounded(fairShares([demand(5, 1, 3), demand(5), demand(5)], 5))).toEqual([3, 1, 1]);
  expect(rounded(fairShares([demand(5, 9, 1), demand(5, 1, 3)], 2))).toEqual([0.5, 1.5]);
  expect(rounded(fairShares([demand(5)], 0))).toEqual([0]);
});

it('gives out all there is, to nobody more than they offer or less than their minimum', () => {
  const some = fc.array(
    fc.record({
      fps: fc.double({ min: 0.1, max: 30, noNaN: true }),
      weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
      minFps: fc.double({ min: 0, max: 5, noNaN: true }),
    }),
    { minLength: 1, maxLength: 10 },
  );
  fc.assert(
    fc.property(some, fc.double({ min: 0, max: 200, noNaN: true }), (demands, capacity) => {
      const shares = fairShares(demands, capacity);
      const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
      const offered = total(demands.map(({ fps }) => fps));
      expect(total(shares)).toBeCloseTo(Math.min(capacity, offered), 6);
      const floors = demands.map(({ fps, minFps }) => Math.min(fps, Math.max(minFps, 0.1)));
      for (const [i, { fps }] of demands.entries()) {
        expect(shares[i]).toBeLessThanOrEqual(fps + 1e-9);
        if (total(floors) <= capacity) {
          expect(shares[i]).toBeGreaterThanOrEqual((floors[i] ?? 0) - 1e-9);
        }
      }
    }),
  );
});
