import { expect, it } from 'vitest';
import { keepsLiveRate } from './targets.ts';

it('wants 15 frames a second within 2 %, and within one frame of a short window', () => {
  expect([14.71, 14.69, 15.29, 15.31].map((rate) => keepsLiveRate(rate, 10))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect([43, 44, 46, 47].map((frames) => keepsLiveRate(frames / 3, 3))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(keepsLiveRate(NaN, 10)).toBe(false);
});
