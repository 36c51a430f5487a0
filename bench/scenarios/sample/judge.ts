import type { CameraWindow } from '../../measure/camera-window.ts';
import { ms, percent, rate } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';
import { height, type Plot } from '../../report/plot.ts';
import { keepsLiveRate, LIVE_FPS, LONGEST_GAP_MS } from '../targets.ts';

/** Where the inference runs. */
export const PLACES = [
  'a worker process',
  "a thread of the api's",
  "the api's event loop",
] as const;
export type Place = (typeof PLACES)[number];

/** What was seen of one camera with the inference in one place, under one load. */
export interface SampleCell {
  readonly place: Place;
  readonly repeat: number;
  readonly window: CameraWindow;
}

/** For a person, a row for each cell. */
export function tableOf(cells: readonly SampleCell[]): string[][] {
  return [
    [
      'inference in',
      'INFERENCE_REPEAT',
      'captured/s',
      'live/s',
      'longest gap',
      'frame age p95',
      'detected/s',
      'result age p95',
      'api',
      'worker',
      'others',
    ],
    ...cells.map(({ place, repeat, window }) => [
      place,
      String(repeat),
      rate(window.capturedPerSecond),
      rate(window.livePerSecond),
      ms(window.longestGapMs),
      ms(window.frameAge.p95),
      rate(window.detectedPerSecond),
      ms(window.age.p95),
      percent(window.processor['api'] ?? NaN),
      percent(window.processor['worker'] ?? NaN),
      percent(window.processor['others'] ?? NaN),
    ]),
  ];
}

/** The worker process must keep the picture; what the other places do to it is told beside. */
export function judgeSample(cells: readonly SampleCell[]): Finding[] {
  const product = cells.filter(({ place }) => place === 'a worker process');
  return product.map(({ repeat, window }) => {
    const { livePerSecond, longestGapMs, startedAt, endedAt } = window;
    const elsewhere = cells
      .filter((cell) => cell.repeat === repeat && cell.place !== 'a worker process')
      .map((cell) => `${cell.place}: ${rateAndGap(cell.window)}`);
    return judge(
      `at repeat ${String(repeat)} a worker process leaves the picture at ${String(LIVE_FPS)}/s within 2 %, no gap over 3 periods`,
      [livePerSecond, longestGapMs],
      [rateAndGap(window), ...elsewhere].join('; '),
      keepsLiveRate(livePerSecond, (endedAt - startedAt) / 1000) && longestGapMs <= LONGEST_GAP_MS,
    );
  });
}

/** Rate and gap over the load, a line for each place. */
export function plotsOf(cells: readonly SampleCell[]): Plot[] {
  const repeat = { label: 'INFERENCE_REPEAT', steps: true };
  const lines = (pick: (window: CameraWindow) => number): Plot['series'] =>
    PLACES.map((place) => ({
      name: place,
      points: cells
        .filter((cell) => cell.place === place)
        .map((cell): [number, number | null] => [cell.repeat, height(pick(cell.window))]),
    }));
  return [
    {
      name: 'sample-rate',
      title: 'Live frames a second, by where the inference runs',
      x: repeat,
      y: { label: 'live frames/s' },
      series: lines((window) => window.livePerSecond),
    },
    {
      name: 'sample-gap',
      title: 'Longest gap between two live frames, by where the inference runs',
      x: repeat,
      y: { label: 'ms' },
      series: lines((window) => window.longestGapMs),
      bound: { label: 'aim: 3 frame periods', y: LONGEST_GAP_MS },
    },
  ];
}

function rateAndGap({ livePerSecond, longestGapMs }: CameraWindow): string {
  return `${rate(livePerSecond)}/s, ${ms(longestGapMs)}`;
}
