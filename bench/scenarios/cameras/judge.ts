import { jainIndex } from '../../measure/fairness.ts';
import { type Spread } from '../../measure/statistics.ts';
import { bytes, ms, percent, rate, ratio } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';
import { height, type Plot } from '../../report/plot.ts';
import { ageBound, LEAST_FAIRNESS } from '../targets.ts';

const DETECT_FPS = 5;
/** With fewer results for each camera, one more or less makes perfectly fair turns look unfair. */
const FEWEST_RESULTS = 5;

/** What was seen of a number of cameras at once. */
export interface Crowd {
  readonly cameras: number;
  readonly seconds: number;
  /** Frames detected per second, camera by camera. */
  readonly detected: readonly number[];
  /** Frames captured per second, camera by camera. */
  readonly captured: readonly number[];
  /** Of all cameras' results when they were published, in ms. */
  readonly age: Spread;
  readonly inference: Spread;
  /** In % of one core; `ffmpeg` is all of them together. */
  readonly processor: Readonly<Record<string, number>>;
  /** In bytes; `ffmpeg` is all of them together. */
  readonly memory: Readonly<Record<string, number>>;
  /** How many cameras' books do not add up. */
  readonly unbalanced: number;
}

/** For a person, a row for each number of cameras. */
export function tableOf(crowds: readonly Crowd[]): string[][] {
  return [
    [
      'cameras',
      'detected/s each',
      'least',
      'most',
      'fairness',
      'captured/s each',
      'age p50',
      'age p95',
      'api',
      'ffmpeg each',
      'worker',
      'others',
      'api memory',
      'ffmpeg each',
      'redis',
    ],
    ...crowds.map((crowd) => [
      String(crowd.cameras),
      rate(mean(crowd.detected)),
      rate(Math.min(...crowd.detected)),
      rate(Math.max(...crowd.detected)),
      ratio(jainIndex(crowd.detected)),
      rate(mean(crowd.captured)),
      ms(crowd.age.p50),
      ms(crowd.age.p95),
      percent(part(crowd.processor, 'api')),
      percent(part(crowd.processor, 'ffmpeg') / crowd.cameras),
      percent(part(crowd.processor, 'worker')),
      percent(part(crowd.processor, 'others')),
      bytes(part(crowd.memory, 'api')),
      bytes(part(crowd.memory, 'ffmpeg') / crowd.cameras),
      bytes(part(crowd.memory, 'redis')),
    ]),
  ];
}

/** Holds one number of cameras against the targets. */
export function judgeCrowd(crowd: Crowd): Finding[] {
  const { cameras, seconds, detected, age, inference, unbalanced } = crowd;
  const with_ = `with ${String(cameras)} cameras`;
  const fairness = mean(detected) * seconds < FEWEST_RESULTS ? NaN : jainIndex(detected);
  const bound = ageBound(inference.p95, DETECT_FPS);
  return [
    ...(cameras === 1
      ? []
      : [
          judge(
            `${with_} of equal weight Jain's index of their detected rates is at least ${String(LEAST_FAIRNESS)}`,
            [fairness],
            ratio(fairness),
            fairness >= LEAST_FAIRNESS,
          ),
        ]),
    judge(
      `${with_} a result's age p95 is at most 1.25 x (inference p95 + detect period)`,
      [age.p95, bound],
      `${ms(age.p95)}; bound ${ms(bound)}`,
      age.p95 <= bound,
    ),
    judge(
      `${with_} both equations of each camera's books hold`,
      detected,
      `${String(unbalanced)} cameras where they do not`,
      unbalanced === 0,
    ),
  ];
}

/** How rate and cost grow. */
export function plotsOf(crowds: readonly Crowd[]): Plot[] {
  const x = { label: 'cameras', steps: true };
  const line = (name: string, pick: (crowd: Crowd) => number): Plot['series'][number] => ({
    name,
    points: crowds.map((crowd) => [crowd.cameras, height(pick(crowd))]),
  });
  return [
    {
      name: 'cameras-rate',
      title: 'Detected frames a second',
      x,
      y: { label: 'frames/s' },
      series: [
        line('all cameras', ({ detected }) => mean(detected) * detected.length),
        line('each camera', ({ detected }) => mean(detected)),
      ],
    },
    {
      name: 'cameras-processor',
      title: 'Processor time, by part',
      x,
      y: { label: '% of one core' },
      series: ['api', 'ffmpeg', 'worker', 'redis'].map((name) =>
        line(name, ({ processor }) => part(processor, name)),
      ),
    },
    {
      name: 'cameras-memory',
      title: 'Memory, by part',
      x,
      y: { label: 'MiB' },
      series: ['api', 'ffmpeg', 'worker', 'redis'].map((name) =>
        line(name, ({ memory }) => part(memory, name) / 2 ** 20),
      ),
    },
  ];
}

function part(figures: Readonly<Record<string, number>>, name: string): number {
  return figures[name] ?? NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
