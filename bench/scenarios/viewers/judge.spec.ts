import { expect, it } from 'vitest';
import { type CrowdReport, type Habit, habitsOf } from './crowd.ts';
import { audienceOf, judgeAudience, tableOf } from './judge.ts';

const costs = {
  processor: { api: 40, viewers: 60, others: 5 },
  memory: { before: 2 ** 28, after: 2 ** 28 },
};

/** Ten seconds of a crowd whose fast members get frames so often. */
function report(habits: readonly Habit[], periodMs = 1000 / 15, neverFrames = 0): CrowdReport {
  const frames = (count: number, period: number, ageMs: number) =>
    Array.from({ length: count }, (_, index) => ({ at: (index + 0.5) * period, ageMs }));
  const members = habits.map((habit) => ({
    habit,
    frames:
      habit === 'fast'
        ? frames(Math.floor(10_000 / periodMs), periodMs, 8)
        : frames(habit === 'late' ? 10 : neverFrames, 1000, 60),
  }));
  return { seconds: 10, members };
}

it('makes a tenth of a crowd slow, in turns', () => {
  expect(habitsOf(1)).toEqual(['fast']);
  expect(habitsOf(10).filter((habit) => habit !== 'fast')).toEqual(['never']);
  expect(habitsOf(50).slice(0, 6)).toEqual(['never', 'late', 'never', 'late', 'never', 'fast']);
  expect(habitsOf(100).filter((habit) => habit === 'fast')).toHaveLength(90);
});

it('judges the fast ones alone, and what goes to those who never acknowledge', () => {
  const verdicts = (crowd: CrowdReport): (boolean | null)[] =>
    judgeAudience(audienceOf(crowd, costs)).map(({ holds }) => holds);
  const habits = habitsOf(20);
  expect(verdicts(report(habits))).toEqual([true, true, true]);
  expect(verdicts(report(habits, 70))).toEqual([false, true, true]);
  expect(verdicts(report(habits, 250))).toEqual([false, false, true]);
  expect(verdicts(report(habits, 1000 / 15, 3))).toEqual([true, true, false]);
  expect(verdicts(report(['never']))).toEqual([null, null, true]);
});

it('shows what they got beside what it cost', () => {
  const [, row] = tableOf([audienceOf(report(habitsOf(20)), costs)]);
  expect(row).toEqual([
    '20',
    '2',
    '15.00',
    '15.00',
    '67 ms',
    '67 ms',
    '8 ms',
    '8 ms',
    '60 ms',
    '40 %',
    '256.0 MiB',
    '60 %',
    '5 %',
  ]);
});
