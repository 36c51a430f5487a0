import { booksBalance } from '@lookout/test-house';
import type { CameraWindow } from '../../measure/camera-window.ts';
import { median } from '../../measure/statistics.ts';
import { ms, percent, rate, ratio } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';
import { ageBound, keepsLiveRate, LIVE_FPS, LONGEST_GAP_MS } from '../targets.ts';

const DETECT_FPS = 5;

/** What was seen with one inference load. */
export interface Level {
  readonly repeat: number;
  /** Windows without any inference, each right before one with it. */
  readonly without: CameraWindow[];
  readonly loaded: CameraWindow[];
}

/** For a person, a row for each kind of window. */
export function tableOf(levels: readonly Level[]): string[][] {
  return [
    [
      'INFERENCE_REPEAT',
      'live/s',
      'longest gap',
      'detected/s',
      'inference p50',
      'age p50',
      'age p95',
      'api',
      'worker',
      'ffmpeg',
      'others',
    ],
    ...levels.flatMap(({ repeat, without, loaded }) => [
      row('no inference', without),
      row(String(repeat), loaded),
    ]),
  ];
}

/** Holds one load's windows against the targets. */
export function judgeLevel({ repeat, without, loaded }: Level): Finding[] {
  const at = `at repeat ${String(repeat)}`;
  const of = (windows: CameraWindow[], pick: (window: CameraWindow) => number): number =>
    median(windows.map(pick));
  const live = of(loaded, (w) => w.livePerSecond);
  const reference = of(without, (w) => w.livePerSecond);
  const gap = of(loaded, (w) => w.longestGapMs);
  const age = of(loaded, (w) => w.age.p95);
  const bound = ageBound(
    of(loaded, (w) => w.inference.p95),
    DETECT_FPS,
  );
  const windows = [...without, ...loaded];
  const unbalanced = windows.filter(
    (w) => !booksBalance(w.booksBefore) || !booksBalance(w.booksAfter),
  );
  return [
    judge(
      `${at} the live rate is within 2 % of ${String(LIVE_FPS)}/s`,
      [live],
      `${rate(live)}/s; ${ratio(live / reference)} of that without inference`,
      keepsLiveRate(
        live,
        of(loaded, (w) => (w.endedAt - w.startedAt) / 1000),
      ),
    ),
    judge(
      `${at} the longest gap is at most 3 frame periods`,
      [gap],
      `${ms(gap)}; ${ms(of(without, (w) => w.longestGapMs))} without inference`,
      gap <= LONGEST_GAP_MS,
    ),
    judge(
      `${at} a result's age p95 is at most 1.25 x (inference p95 + detect period)`,
      [age, bound],
      `${ms(age)}; bound ${ms(bound)}`,
      age <= bound,
    ),
    judge(
      `${at} both equations of the books hold`,
      windows.map((w) => w.booksAfter.offered),
      `${String(unbalanced.length)} windows where they do not`,
      unbalanced.length === 0,
    ),
  ];
}

function row(name: string, windows: readonly CameraWindow[]): string[] {
  const of = (pick: (window: CameraWindow) => number): number => median(windows.map(pick));
  const processor = (part: string): string => percent(of((w) => w.processor[part] ?? NaN));
  return [
    name,
    rate(of((w) => w.livePerSecond)),
    ms(of((w) => w.longestGapMs)),
    rate(of((w) => w.detectedPerSecond)),
    ms(of((w) => w.inference.p50)),
    ms(of((w) => w.age.p50)),
    ms(of((w) => w.age.p95)),
    processor('api'),
    processor('worker'),
    processor('ffmpeg'),
    processor('others'),
  ];
}
