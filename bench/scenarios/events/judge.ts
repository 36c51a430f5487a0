import type { CameraWindow } from '../../measure/camera-window.ts';
import { median } from '../../measure/statistics.ts';
import { bytes, count, ms, percent, rate } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';
import { height, type Plot } from '../../report/plot.ts';
import { ageBound, keepsLiveRate, LIVE_FPS, LONGEST_GAP_MS } from '../targets.ts';
import type { Happened } from './crowds.ts';

const DETECT_FPS = 5;
/** Of the results of the same camera while nothing happens elsewhere. */
const LEAST_SHARE = 0.95;
/** So much must not be felt; what more a machine takes is in the table. */
const CLAIMED_PER_SECOND = 20;

/** One camera in a window, while so much happened in front of others. */
export interface EventWindow {
  readonly camera: CameraWindow;
  readonly happened: Happened;
}

/** All windows with the same number of events a second. */
export interface EventLevel {
  readonly perSecond: number;
  readonly windows: EventWindow[];
}

/** What is kept on the disk of so many events that have ended. */
export interface Kept {
  readonly events: number;
  readonly databaseBytes: number;
  /** As the retention counts them: rows and pictures. */
  readonly budgetBytes: number;
}

/** What a camera loses while much happens elsewhere; empty when nothing. */
export function sufferings({ windows }: EventLevel, reference: EventLevel): string[] {
  const of = (pick: (window: CameraWindow) => number, level = windows): number =>
    median(level.map(({ camera }) => pick(camera)));
  const seconds = of((w) => (w.endedAt - w.startedAt) / 1000);
  const detected = (level: EventWindow[]): number => of((w) => w.detectedPerSecond, level);
  const bound = ageBound(
    of((w) => w.inference.p95),
    DETECT_FPS,
  );
  const found: readonly [string, boolean][] = [
    [
      'live rate',
      !keepsLiveRate(
        of((w) => w.livePerSecond),
        seconds,
      ),
    ],
    ['live gap', of((w) => w.longestGapMs) > LONGEST_GAP_MS],
    ['results', detected(windows) < LEAST_SHARE * detected(reference.windows)],
    ['result age', of((w) => w.age.p95) > bound],
  ];
  return found.filter(([, suffers]) => suffers).map(([name]) => name);
}

/** For a person, a row for each number of events a second. */
export function tableOf(levels: readonly EventLevel[]): string[][] {
  const [reference] = levels;
  return [
    [
      ...['events/s', 'live/s', 'longest gap', 'detected/s', 'age p95', 'told after p50', 'p95'],
      ...['api', 'worker', 'redis', 'others', 'suffers'],
    ],
    ...levels.map((level) => {
      const of = (pick: (window: EventWindow) => number): number => median(level.windows.map(pick));
      const processor = (part: string): string =>
        percent(of(({ camera }) => camera.processor[part] ?? NaN));
      return [
        count(level.perSecond),
        rate(of(({ camera }) => camera.livePerSecond)),
        ms(of(({ camera }) => camera.longestGapMs)),
        rate(of(({ camera }) => camera.detectedPerSecond)),
        ms(of(({ camera }) => camera.age.p95)),
        ms(of(({ happened }) => happened.delay.p50)),
        ms(of(({ happened }) => happened.delay.p95)),
        ...['api', 'worker', 'redis', 'others'].map(processor),
        reference === undefined ? '' : sufferings(level, reference).join(', ') || 'nothing',
      ];
    }),
  ];
}

/** A busy site must not be felt by who looks elsewhere, and at no rate may an event be missed. */
export function judgeEvents(levels: readonly EventLevel[]): Finding[] {
  const [reference] = levels;
  if (reference === undefined) return [];
  const claimed = levels.filter(({ perSecond }) => perSecond <= CLAIMED_PER_SECOND);
  const sufferers = claimed.flatMap((level) =>
    sufferings(level, reference).map((what) => `${what} at ${String(level.perSecond)}/s`),
  );
  const windows = levels.flatMap((level) => level.windows);
  const total = (pick: (happened: Happened) => number): number =>
    windows.reduce((sum, { happened }) => sum + pick(happened), 0);
  const [began, told] = [total((one) => one.began), total((one) => one.told)];
  return [
    judge(
      `neither the ${String(LIVE_FPS)} frames/s of live view nor detection suffers from ${String(CLAIMED_PER_SECOND)} events a second elsewhere`,
      claimed.flatMap((level) => level.windows.map(({ camera }) => camera.age.p95)),
      sufferers.join(', ') || 'nothing suffers',
      sufferers.length === 0,
    ),
    judge(
      'every event that began was told, at every rate',
      began === 0 ? [] : [began],
      `${String(told)} of ${String(began)}`,
      told === began,
    ),
  ];
}

/** What 10,000 events that have ended take. */
export function keptPerTenThousand({ events, databaseBytes, budgetBytes }: Kept): string {
  const each = (all: number): string => bytes((all / events) * 10_000);
  return `10,000 events take ${each(databaseBytes)} of database; rows and pictures count as ${each(budgetBytes)}`;
}

/** How long it takes until one knows. */
export function plotsOf(levels: readonly EventLevel[]): Plot[] {
  const line = (name: string, pick: (window: EventWindow) => number): Plot['series'][number] => ({
    name,
    points: levels.map(({ perSecond, windows }) => [perSecond, height(median(windows.map(pick)))]),
  });
  return [
    {
      name: 'events-delay',
      title: 'From the first frame of an event to its telling; age of results elsewhere',
      x: { label: 'events a second', steps: true },
      y: { label: 'ms' },
      series: [
        line('told, p50', ({ happened }) => happened.delay.p50),
        line('told, p95', ({ happened }) => happened.delay.p95),
        line('result age, p95', ({ camera }) => camera.age.p95),
      ],
    },
  ];
}
