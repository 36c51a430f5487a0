import { linearRegression } from 'simple-statistics';
import { quantile } from '../../measure/statistics.ts';
import { bytes, ms, rate } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';
import { height, type Plot } from '../../report/plot.ts';
import { ageBound } from '../targets.ts';

/** What a way of frames to the detector held at a moment. */
export interface Holding {
  /** s since the load began. */
  readonly at: number;
  readonly frames: number;
  /** In Redis' memory. */
  readonly bytes: number;
}

/** A frame's result. */
export interface Arrival {
  /** s since the load began. */
  readonly at: number;
  /** When it was published, in ms since its frame was captured. */
  readonly ageMs: number;
  readonly inferenceMs: number;
}

/** One way of frames to the detector, under the same load as the other. */
export interface Way {
  readonly name: string;
  readonly seconds: number;
  readonly arrivals: readonly Arrival[];
  readonly holdings: readonly Holding[];
}

/** How much older results become with each second that passes, in seconds; NaN with fewer than two. */
export function ageing(arrivals: readonly Arrival[]): number {
  if (arrivals.length < 2) return NaN;
  return linearRegression(arrivals.map(({ at, ageMs }) => [at, ageMs / 1000])).m;
}

/** For a person, a row for each way. */
export function tableOf(ways: readonly Way[]): string[][] {
  return [
    ['', 'detected/s', 'age p50', 'age p95', 'oldest', 'ages by', 'frames held', 'memory'],
    ...ways.map(({ name, seconds, arrivals, holdings }) => {
      const ages = arrivals.map(({ ageMs }) => ageMs);
      return [
        name,
        rate(arrivals.length / seconds),
        ms(quantile(ages, 0.5)),
        ms(quantile(ages, 0.95)),
        ms(quantile(ages, 1)),
        `${rate(ageing(arrivals))} s/s`,
        String(most(holdings.map(({ frames }) => frames))),
        bytes(most(holdings.map((holding) => holding.bytes))),
      ];
    }),
  ];
}

/** The mailbox must stay young under a load that a list grows old under. */
export function judgeQueue(mailbox: Way, list: Way, offeredFps: number): Finding[] {
  const age = quantile(
    mailbox.arrivals.map(({ ageMs }) => ageMs),
    0.95,
  );
  const inference = quantile(
    mailbox.arrivals.map(({ inferenceMs }) => inferenceMs),
    0.95,
  );
  const bound = ageBound(inference, offeredFps);
  const growth = ageing(list.arrivals);
  const held = most(mailbox.holdings.map(({ frames }) => frames));
  return [
    judge(
      "through the mailbox a result's age p95 is at most 1.25 x (inference p95 + offer period)",
      [age, bound],
      `${ms(age)}; bound ${ms(bound)}`,
      age <= bound,
    ),
    judge(
      'the mailbox never holds more than one frame of a camera',
      [held],
      `${String(held)} at most`,
      held <= 1,
    ),
    judge(
      'the load was one that a list grows old under',
      [growth],
      `${rate(growth)} s older each second`,
      growth > 0.1,
    ),
  ];
}

/** Age and memory over time. */
export function plotsOf(ways: readonly Way[]): Plot[] {
  const seconds = { label: 'seconds since the load began' };
  return [
    {
      name: 'queue-age',
      title: 'Age of results under overload: a list, and the mailbox',
      x: seconds,
      y: { label: 'age in s' },
      series: ways.map(({ name, arrivals }) => ({
        name,
        points: arrivals.map(({ at, ageMs }) => [at, height(ageMs / 1000)]),
      })),
    },
    {
      name: 'queue-memory',
      title: 'Frames in Redis under overload: a list, and the mailbox',
      x: seconds,
      y: { label: 'MiB' },
      series: ways.map(({ name, holdings }) => ({
        name,
        points: holdings.map(({ at, bytes }) => [at, height(bytes / 2 ** 20)]),
      })),
    },
  ];
}

function most(values: readonly number[]): number {
  return values.length === 0 ? NaN : Math.max(...values);
}
