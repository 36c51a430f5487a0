import type { CameraWindow } from '../../measure/camera-window.ts';
import { median } from '../../measure/statistics.ts';
import { percent, rate, ratio } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';

const LOWEST_RATIO = 0.9;

/** One way to run the session alone. */
export interface BareSetting {
  readonly threads: number;
  readonly spinning: boolean;
}

export interface BareWindow {
  readonly perSecond: number;
  readonly camera: CameraWindow;
}

/** What was measured: the windows of the three alternate. */
export interface EfficiencyWindows {
  /** How often each frame was inferred. */
  readonly repeat: number;
  readonly worker: readonly CameraWindow[];
  readonly own: BareSetting;
  /** The worker's own session without the worker. */
  readonly bare: readonly BareWindow[];
  readonly best: BareSetting;
  /** The same model with the settings that are fastest on this machine. */
  readonly fastest: readonly BareWindow[];
}

export function nameOf({ threads, spinning }: BareSetting): string {
  return `${String(threads)} threads${spinning ? ', spinning' : ''}`;
}

/** For a person, a row for each of the three. */
export function tableOf(windows: EfficiencyWindows): string[][] {
  const { worker, repeat } = windows;
  const inferenceMs = median(worker.map((w) => w.inference.p50)) / repeat;
  return [
    ['', 'inferences/s', 'ms each', 'in the engine', 'live/s', 'gap', 'others'],
    bareRow(`bare loop, ${nameOf(windows.own)}`, windows.bare),
    bareRow(`fastest, ${nameOf(windows.best)}`, windows.fastest),
    [
      `worker, repeat ${String(repeat)}`,
      rate(workerRate(windows)),
      inferenceMs.toFixed(1),
      percent(100 * median(worker.map((w) => w.engineShare))),
      ...picture(worker),
    ],
  ];
}

/** Holds the worker against the bare loop. */
export function judgeEfficiency(windows: EfficiencyWindows): Finding[] {
  const { worker } = windows;
  const own = bareRate(windows.bare);
  const best = bareRate(windows.fastest);
  const speed = workerRate(windows);
  const spare = Math.min(
    ...worker.map((w) => w.booksAfter.overwritten - w.booksBefore.overwritten),
  );
  return [
    judge(
      `the worker does at least ${String(LOWEST_RATIO)} of a bare loop's inferences`,
      [speed, own],
      `${ratio(speed / own)}; ${ratio(speed / best)} of the fastest setting (${nameOf(windows.best)})`,
      speed >= LOWEST_RATIO * own,
    ),
    judge(
      'there were frames to spare in every window',
      worker.length === 0 ? [] : [spare],
      `${String(spare)} overwritten at least`,
      spare > 0,
    ),
  ];
}

function workerRate({ worker, repeat }: EfficiencyWindows): number {
  return median(worker.map((w) => w.detectedPerSecond)) * repeat;
}

function bareRate(windows: readonly BareWindow[]): number {
  return median(windows.map((w) => w.perSecond));
}

function bareRow(name: string, windows: readonly BareWindow[]): string[] {
  const perSecond = bareRate(windows);
  return [
    name,
    rate(perSecond),
    (1000 / perSecond).toFixed(1),
    '100 %',
    ...picture(windows.map((w) => w.camera)),
  ];
}

/** What became of the picture meanwhile. */
function picture(windows: readonly CameraWindow[]): string[] {
  return [
    rate(median(windows.map((w) => w.livePerSecond))),
    `${median(windows.map((w) => w.longestGapMs)).toFixed(0)} ms`,
    percent(median(windows.map((w) => w.processor['others'] ?? NaN))),
  ];
}
