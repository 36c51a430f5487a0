import { expect, it } from 'vitest';
import { windowWith, windowWithoutResults } from '../window.fixture.ts';
import { judgeLevel, tableOf } from './judge.ts';

const without = [windowWithoutResults(), windowWithoutResults(), windowWithoutResults()];

function verdicts(loaded: Parameters<typeof judgeLevel>[0]['loaded']): (boolean | null)[] {
  return judgeLevel({ repeat: 10, without, loaded }).map(({ holds }) => holds);
}

it('holds every window against the targets by the median', () => {
  expect(verdicts([windowWith()])).toEqual([true, true, true, true]);
  const slow = windowWith({ livePerSecond: 14.6, longestGapMs: 210, age: { p50: 300, p95: 338 } });
  expect(verdicts([slow])).toEqual([false, false, false, true]);
  expect(verdicts([slow, windowWith(), windowWith()])).toEqual([true, true, true, true]);
});

it('misses books that do not add up in a single window', () => {
  const { booksAfter } = windowWith();
  const wrong = windowWith({ booksAfter: { ...booksAfter, offered: 51 } });
  expect(verdicts([windowWith(), windowWith(), wrong]).at(-1)).toBe(false);
});

it('does not judge the age of results that never came, and shows a dash for it', () => {
  const loaded = [windowWithoutResults()];
  expect(verdicts(loaded)).toEqual([true, true, null, true]);
  const [, , row] = tableOf([{ repeat: 10, without, loaded }]);
  expect(row?.slice(0, 7)).toEqual(['10', '15.00', '80 ms', '0.00', '–', '–', '–']);
});
