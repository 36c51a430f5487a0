import { describe, expect, it } from 'vitest';
import { formatAge, formatCount, formatMoment, formatMs, formatRate } from './age.ts';

describe('formatAge', () => {
  it.each([
    [-500, '0.0 s'],
    [0, '0.0 s'],
    [100, '0.1 s'],
    [4210, '4.2 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [192_000, '3 min 12 s'],
    [3_599_900, '1 h'],
    [7_500_000, '2 h 5 min'],
    [4 * 86_400_000 + 3 * 3_600_000, '4 d 3 h'],
  ])('writes %i ms as %s', (ms, words) => {
    expect(formatAge(ms)).toBe(words);
  });
});

describe('figures', () => {
  it('says that a figure is not known instead of writing a zero', () => {
    expect([formatMs(null), formatRate(undefined), formatCount(null)]).toEqual(['–', '–', '–']);
    expect([formatMs(0), formatRate(0), formatCount(0)]).toEqual(['0 ms', '0.0', '0']);
  });

  it('turns milliseconds into an age once they are a second', () => {
    expect([formatMs(69.6), formatMs(999), formatMs(1000), formatMs(-3)]).toEqual([
      '70 ms',
      '999 ms',
      '1.0 s',
      '0 ms',
    ]);
  });

  it('names the day of a moment only when it is another one', () => {
    const noon = new Date(2026, 0, 2, 12, 0, 5).getTime();
    expect(formatMoment(noon, noon + 3_600_000)).toBe('12:00:05');
    expect(formatMoment(noon, noon + 86_400_000)).toBe('2026-01-02 12:00:05');
  });
});
