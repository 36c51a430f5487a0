import { median, quantile } from '../../measure/statistics.ts';
import { type Point, type Trend, trendOf } from '../../measure/trend.ts';
import { bytes, count, rate } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';
import { height, type Plot } from '../../report/plot.ts';
import { keepsLiveRate, LIVE_FPS } from '../targets.ts';
import type { ChurnCount } from './churn.ts';

/** The first part of a run, in which memory fills that stays filled, is not judged. */
const WARM_UP = 0.2;
/** Growth per hour that a line through noise may show. */
const TOLERATED = 2 ** 20;
/** A run that cannot rule out more growth per hour than this was too short to tell. */
const RULED_OUT = 16 * 2 ** 20;
/** More handles at the end than at the beginning: a guest may be just coming or going. */
const MORE_HANDLES = 3;

/** Everything at one moment. */
export interface SoakSample {
  /** s since the soak began. */
  readonly at: number;
  /** In bytes, by part: resident sets, the api's heap, and what Redis says that it uses. */
  readonly memory: Readonly<Record<string, number>>;
  /** Open files, sockets and pipes, by process. */
  readonly handles: Readonly<Record<string, number>>;
  /** Temporary files of the whole house. */
  readonly files: number;
  /** Frames per second that a viewer got since the sample before. */
  readonly live: number;
}

/** What a soak found. */
export interface Soak {
  readonly samples: readonly SoakSample[];
  readonly churn: ChurnCount;
  /** How workers ended by themselves. */
  readonly deaths: readonly string[];
  /** Cameras whose books do not add up at the end. */
  readonly unbalanced: number;
}

/** For a person, a row for each thing that could grow. */
export function tableOf({ samples }: Soak): string[][] {
  const judged = afterWarmUp(samples);
  return [
    ['', 'first', 'last', 'most', 'growth per hour', '95 % of it between'],
    ...memoryParts(samples).map((part) => {
      const series = memoryOf(samples, part);
      const { slope, low, high } = hourly(memoryOf(judged, part));
      const { first, last, most } = ends(series);
      return [
        part,
        bytes(first),
        bytes(last),
        bytes(most),
        signed(slope),
        `${signed(low)} and ${signed(high)}`,
      ];
    }),
    ...Object.keys(samples[0]?.handles ?? {}).map((part) => {
      const { first, last, most } = ends(samples.map((s) => [s.at, s.handles[part] ?? NaN]));
      return [`${part}, handles`, count(first), count(last), count(most)];
    }),
    ['temporary files', ...Object.values(ends(samples.map((s) => [s.at, s.files]))).map(count)],
  ];
}

/** Nothing may grow, and the picture must stay. */
export function judgeSoak({ samples, churn, deaths, unbalanced }: Soak): Finding[] {
  const judged = afterWarmUp(samples);
  const live = median(judged.map((sample) => sample.live));
  return [
    ...memoryParts(samples).map((part) => judgeGrowth(part, hourly(memoryOf(judged, part)))),
    ...Object.keys(samples[0]?.handles ?? {}).map((part) =>
      judgeRise(
        `open handles of ${part}`,
        judged.map((sample) => sample.handles[part] ?? NaN),
        MORE_HANDLES,
      ),
    ),
    judgeRise(
      'temporary files',
      judged.map((sample) => sample.files),
      0,
    ),
    judge(
      `the picture kept ${String(LIVE_FPS)}/s within 2 %`,
      [live],
      `${rate(live)}/s`,
      keepsLiveRate(live, (judged.at(-1)?.at ?? NaN) - (judged[0]?.at ?? NaN)),
    ),
    judge(
      'every edit and every visit went well',
      churn.done + churn.failures.length === 0 ? [] : [churn.done],
      [`${String(churn.done)} done, ${String(churn.failures.length)} failed`, churn.failures[0]]
        .filter((words) => words !== undefined)
        .join(': '),
      churn.failures.length === 0,
    ),
    judge(
      'no worker died',
      samples.map(({ at }) => at),
      [String(deaths.length), ...deaths.slice(0, 1)].join(': '),
      deaths.length === 0,
    ),
    judge(
      'both equations of the books hold at the end',
      [unbalanced],
      `${String(unbalanced)} cameras where they do not`,
      unbalanced === 0,
    ),
  ];
}

/** Memory over time. */
export function plotsOf({ samples }: Soak): Plot[] {
  return [
    {
      name: 'soak-memory',
      title: 'Memory over time, with edits and viewers coming and going',
      x: { label: 'minutes' },
      y: { label: 'MiB' },
      series: memoryParts(samples).map((part) => ({
        name: part,
        points: memoryOf(samples, part).map(([at, value]) => [at / 60, height(value / 2 ** 20)]),
      })),
    },
    {
      name: 'soak-handles',
      title: 'Open handles over time',
      x: { label: 'minutes' },
      y: { label: 'handles' },
      series: Object.keys(samples[0]?.handles ?? {}).map((part) => ({
        name: part,
        points: samples.map(({ at, handles }) => [at / 60, height(handles[part] ?? NaN)]),
      })),
    },
  ];
}

function judgeGrowth(part: string, { slope, low, high }: Trend): Finding {
  const claim = `the memory of ${part} does not grow`;
  const found = `${signed(slope)} an hour, 95 % between ${signed(low)} and ${signed(high)}`;
  if (low <= TOLERATED && high > RULED_OUT) {
    return { claim, found: `too short to tell (${found})`, holds: null };
  }
  return judge(claim, [slope], found, low <= TOLERATED);
}

/** Compares the middle of the last third with that of the first. */
function judgeRise(what: string, values: readonly number[], allowed: number): Finding {
  const third = Math.floor(values.length / 3);
  const [early, late] = [
    median(values.slice(0, third)),
    median(values.slice(values.length - third)),
  ];
  return judge(
    `the ${what} do not become more`,
    [early, late],
    `${count(early)} in the first third, ${count(late)} in the last`,
    late - early <= allowed,
  );
}

function afterWarmUp(samples: readonly SoakSample[]): readonly SoakSample[] {
  const from = (samples.at(-1)?.at ?? 0) * WARM_UP;
  return samples.filter(({ at }) => at >= from);
}

function memoryParts(samples: readonly SoakSample[]): string[] {
  return Object.keys(samples[0]?.memory ?? {});
}

function memoryOf(samples: readonly SoakSample[], part: string): Point[] {
  return samples.map(({ at, memory }) => [at, memory[part] ?? NaN]);
}

function hourly(series: readonly Point[]): Trend {
  return trendOf(series.map(([at, value]) => [at / 3600, value]));
}

function ends(series: readonly Point[]): { first: number; last: number; most: number } {
  const values = series.map(([, value]) => value).filter((value) => !Number.isNaN(value));
  return {
    first: values.at(0) ?? NaN,
    last: values.at(-1) ?? NaN,
    most: quantile(values, 1),
  };
}

function signed(value: number): string {
  const sign = value < 0 ? '-' : '+';
  return Number.isNaN(value) ? '–' : `${sign}${(Math.abs(value) / 2 ** 20).toFixed(1)} MiB`;
}
