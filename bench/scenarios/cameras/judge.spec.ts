import { expect, it } from 'vitest';
import { type Crowd, judgeCrowd, plotsOf, tableOf } from './judge.ts';

function crowd(changes: Partial<Crowd> = {}): Crowd {
  return {
    cameras: 4,
    seconds: 10,
    detected: [4, 4, 4.2, 3.8],
    captured: [30, 30, 30, 30],
    age: { p50: 150, p95: 260 },
    inference: { p50: 50, p95: 60 },
    processor: { api: 20, ffmpeg: 40, worker: 90, redis: 4, others: 3 },
    memory: { api: 200 * 2 ** 20, ffmpeg: 240 * 2 ** 20, worker: 2 ** 28, redis: 2 ** 23 },
    unbalanced: 0,
    ...changes,
  };
}

const verdicts = (changes: Partial<Crowd>): (boolean | null)[] =>
  judgeCrowd(crowd(changes)).map(({ holds }) => holds);

it('wants equal shares, young results and books that add up', () => {
  expect(verdicts({})).toEqual([true, true, true]);
  expect(verdicts({ detected: [4, 4, 4, 2] })[0]).toBe(false);
  expect(verdicts({ age: { p50: 150, p95: 326 } })[1]).toBe(false);
  expect(verdicts({ unbalanced: 1 })[2]).toBe(false);
});

it('does not judge shares of so few results that one more or less decides', () => {
  expect(verdicts({ detected: [0.3, 0.4, 0.3, 0.4] })[0]).toBeNull();
  expect(verdicts({ detected: [0.5, 0.6, 0.5, 0.6] })[0]).toBe(true);
});

it('does not speak of fairness for one camera, nor of what nobody detected', () => {
  expect(verdicts({ cameras: 1, detected: [5] })).toHaveLength(2);
  const none = { p50: NaN, p95: NaN };
  expect(verdicts({ detected: [0, 0, 0, 0], age: none, inference: none })).toEqual([
    null,
    null,
    true,
  ]);
});

it('shows what each camera costs', () => {
  expect(tableOf([crowd()])[1]).toEqual([
    '4',
    '4.00',
    '3.80',
    '4.20',
    '0.999',
    '30.00',
    '150 ms',
    '260 ms',
    '20 %',
    '10 %',
    '90 %',
    '3 %',
    '200.0 MiB',
    '60.0 MiB',
    '8.0 MiB',
  ]);
  const [rates] = plotsOf([crowd(), crowd({ cameras: 8, detected: [2, 2] })]);
  expect(rates?.series[0]?.points).toEqual([
    [4, 16],
    [8, 4],
  ]);
});
