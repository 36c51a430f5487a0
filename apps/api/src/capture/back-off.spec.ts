import { describe, expect, it } from 'vitest';
import { BackOff } from './back-off.ts';

describe('BackOff', () => {
  it('doubles from 1 s to 30 s, and begins anew after a reset', () => {
    const backOff = new BackOff(() => 0);
    const waits = Array.from({ length: 7 }, () => backOff.next());
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    backOff.reset();
    expect(backOff.next()).toBe(1000);
  });

  it('spreads those who wait together', () => {
    expect(new BackOff(() => 1).next()).toBe(800);
    expect(new BackOff(() => 0.5).next()).toBe(900);
  });
});
