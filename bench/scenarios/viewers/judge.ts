import { cadence, median, quantile, type Spread, spread } from '../../measure/statistics.ts';
import { bytes, ms, percent, rate } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';
import { height, type Plot } from '../../report/plot.ts';
import { keepsLiveRate, LIVE_FPS, LONGEST_GAP_MS } from '../targets.ts';
import type { CrowdReport } from './crowd.ts';

/** What was seen by, and of, a number of viewers of one camera. */
export interface Audience {
  readonly viewers: number;
  readonly seconds: number;
  readonly slow: number;
  /** Frames per second, fast viewer by fast viewer. */
  readonly fastRates: readonly number[];
  /** ms, fast viewer by fast viewer. */
  readonly fastGaps: readonly number[];
  /** Of the fast viewers' frames when they arrived, in ms. */
  readonly age: Spread;
  /** Of the frames of viewers that acknowledge late. */
  readonly lateAge: Spread;
  /** Frames that went to all of those who never acknowledge. */
  readonly unacknowledged: number;
  /** In % of one core; `viewers` is the process with all of them. */
  readonly processor: Readonly<Record<string, number>>;
  /** Of the api, in bytes, when the window began and ended. */
  readonly memory: { readonly before: number; readonly after: number };
}

/** Sums up what the members saw. */
export function audienceOf(
  { members, seconds }: CrowdReport,
  { processor, memory }: Pick<Audience, 'processor' | 'memory'>,
): Audience {
  const of = (habit: string): CrowdReport['members'] =>
    members.filter((member) => member.habit === habit);
  const fast = of('fast').map(({ frames }) =>
    cadence(
      frames.map(({ at }) => at),
      0,
      seconds * 1000,
    ),
  );
  const ages = (some: CrowdReport['members']): number[] =>
    some.flatMap(({ frames }) => frames.map(({ ageMs }) => ageMs));
  return {
    viewers: members.length,
    seconds,
    slow: members.length - fast.length,
    fastRates: fast.map(({ perSecond }) => perSecond),
    fastGaps: fast.map(({ longestGapMs }) => longestGapMs),
    age: spread(ages(of('fast'))),
    lateAge: spread(ages(of('late'))),
    unacknowledged: ages(of('never')).length,
    processor,
    memory,
  };
}

/** For a person, a row for each number of viewers. */
export function tableOf(audiences: readonly Audience[]): string[][] {
  return [
    [
      'viewers',
      'slow',
      'fast: live/s',
      'least',
      'gap p50',
      'worst gap',
      'age p50',
      'age p95',
      "late ones' age p95",
      'api',
      'api memory',
      'viewers',
      'others',
    ],
    ...audiences.map((one) => [
      String(one.viewers),
      String(one.slow),
      rate(median(one.fastRates)),
      rate(quantile(one.fastRates, 0)),
      ms(median(one.fastGaps)),
      ms(quantile(one.fastGaps, 1)),
      ms(one.age.p50),
      ms(one.age.p95),
      ms(one.lateAge.p95),
      percent(one.processor['api'] ?? NaN),
      bytes(one.memory.after),
      percent(one.processor['viewers'] ?? NaN),
      percent(one.processor['others'] ?? NaN),
    ]),
  ];
}

/** The fast ones must not feel the slow ones, nor each other. */
export function judgeAudience(audience: Audience): Finding[] {
  const { viewers, seconds, slow, fastRates, fastGaps, unacknowledged } = audience;
  const live = median(fastRates);
  const gap = median(fastGaps);
  const with_ = `with ${String(viewers)} viewers, ${String(slow)} of them slow,`;
  return [
    judge(
      `${with_} the fast ones get ${String(LIVE_FPS)}/s within 2 %`,
      [live],
      `${rate(live)}/s; ${rate(quantile(fastRates, 0))}/s the least of them`,
      keepsLiveRate(live, seconds),
    ),
    judge(
      `${with_} the fast ones' longest gap is at most 3 frame periods`,
      [gap],
      `${ms(gap)}; ${ms(quantile(fastGaps, 1))} the worst of them`,
      gap <= LONGEST_GAP_MS,
    ),
    judge(
      `${with_} no more is sent to those who never acknowledge`,
      [unacknowledged],
      `${String(unacknowledged)} frames`,
      unacknowledged === 0,
    ),
  ];
}

/** What more viewers cost. */
export function plotsOf(audiences: readonly Audience[]): Plot[] {
  const x = { label: 'viewers, a tenth of them slow', steps: true };
  const line = (name: string, pick: (audience: Audience) => number): Plot['series'][number] => ({
    name,
    points: audiences.map((audience) => [audience.viewers, height(pick(audience))]),
  });
  return [
    {
      name: 'viewers-age',
      title: "Age of fast viewers' frames when they arrive",
      x,
      y: { label: 'ms' },
      series: [line('p50', ({ age }) => age.p50), line('p95', ({ age }) => age.p95)],
    },
    {
      name: 'viewers-processor',
      title: 'Processor time of the api, and of the viewers themselves',
      x,
      y: { label: '% of one core' },
      series: ['api', 'viewers'].map((name) =>
        line(name, ({ processor }) => processor[name] ?? NaN),
      ),
    },
  ];
}
