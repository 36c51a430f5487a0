import { booksBalance } from '@lookout/test-house';
import { House } from '../house/house.ts';
import { type CameraWindow, observeCamera } from '../measure/camera-window.ts';
import { median } from '../measure/statistics.ts';
import type { Finding, Outcome, Scenario, Stage } from './scenario.ts';

const REPEATS = [1, 5, 10] as const;
const LIVE_FPS = 15;
const DETECT_PERIOD_MS = 1000 / 5;

interface Level {
  readonly repeat: number;
  /** Windows without any inference, each right before one with it. */
  readonly without: CameraWindow[];
  readonly loaded: CameraWindow[];
}

/** How smooth the picture stays, and how young the results, while inference takes all it can get. */
export const live: Scenario = {
  name: 'live',
  about: 'live picture and age of results under growing inference load',
  async play(stage: Stage): Promise<Outcome> {
    const levels = REPEATS.map((repeat): Level => ({ repeat, without: [], loaded: [] }));
    const house = await House.open(stage.root, stage.clip);
    try {
      for (let window = 1; window <= stage.wish.windows; window += 1) {
        for (const level of levels) await measure(stage, house, level, window);
      }
    } finally {
      await house.close();
    }
    return {
      table: [
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
      ],
      findings: levels.flatMap(judge),
      measured: levels,
    };
  },
};

async function measure(stage: Stage, house: House, level: Level, window: number): Promise<void> {
  const { windows, seconds } = stage.wish;
  const wish = { seconds: seconds / windows };
  await house.startWorker(level.repeat);
  level.without.push(await observeCamera(house, { ...wish, detection: false }));
  const loaded = await observeCamera(house, { ...wish, detection: true });
  level.loaded.push(loaded);
  stage.say(
    `window ${String(window)} of ${String(windows)}, repeat ${String(level.repeat)}: ` +
      `${loaded.livePerSecond.toFixed(2)} live/s, ${loaded.detectedPerSecond.toFixed(2)} detected/s`,
  );
}

function row(name: string, windows: readonly CameraWindow[]): string[] {
  const of = (pick: (window: CameraWindow) => number): number => median(windows.map(pick));
  const ms = (value: number): string => (Number.isNaN(value) ? '' : `${value.toFixed(0)} ms`);
  const processor = (part: string): string => `${of((w) => w.processor[part] ?? 0).toFixed(0)} %`;
  return [
    name,
    of((w) => w.livePerSecond).toFixed(2),
    ms(of((w) => w.longestGapMs)),
    of((w) => w.detectedPerSecond).toFixed(2),
    ms(of((w) => w.inference.p50)),
    ms(of((w) => w.age.p50)),
    ms(of((w) => w.age.p95)),
    processor('api'),
    processor('worker'),
    processor('ffmpeg'),
    processor('others'),
  ];
}

function judge({ repeat, without, loaded }: Level): Finding[] {
  const at = `at repeat ${String(repeat)}`;
  const rate = median(loaded.map((w) => w.livePerSecond));
  const reference = median(without.map((w) => w.livePerSecond));
  const gap = median(loaded.map((w) => w.longestGapMs));
  const age = median(loaded.map((w) => w.age.p95));
  const bound = 1.25 * (median(loaded.map((w) => w.inference.p95)) + DETECT_PERIOD_MS);
  const unbalanced = [...without, ...loaded].filter(
    (w) => !booksBalance(w.booksBefore) || !booksBalance(w.booksAfter),
  );
  return [
    {
      claim: `${at} the live rate is within 2 % of ${String(LIVE_FPS)}/s`,
      found: `${rate.toFixed(2)}/s; ${(rate / reference).toFixed(3)} of that without inference`,
      holds: Math.abs(rate - LIVE_FPS) <= 0.02 * LIVE_FPS,
    },
    {
      claim: `${at} the longest gap is at most 3 frame periods`,
      found: `${gap.toFixed(0)} ms; ${median(without.map((w) => w.longestGapMs)).toFixed(0)} ms without inference`,
      holds: gap <= 3000 / LIVE_FPS,
    },
    {
      claim: `${at} a result's age p95 is at most 1.25 x (inference p95 + detect period)`,
      found: `${age.toFixed(0)} ms; bound ${bound.toFixed(0)} ms`,
      holds: age <= bound,
    },
    {
      claim: `${at} both equations of the books hold`,
      found: `${String(unbalanced.length)} windows where they do not`,
      holds: unbalanced.length === 0,
    },
  ];
}
