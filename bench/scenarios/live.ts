import { House } from '../house/house.ts';
import { observeCamera } from '../measure/camera-window.ts';
import { rate } from '../report/figures.ts';
import { judgeLevel, type Level, tableOf } from './live/judge.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

/** How smooth the picture stays, and how young the results, while inference takes all it can get. */
export const live: Scenario = {
  name: 'live',
  about: 'live picture and age of results under growing inference load',
  async play(stage: Stage): Promise<Outcome> {
    const repeats = stage.wish.quick ? [10] : [1, 5, 10];
    const levels = repeats.map((repeat): Level => ({ repeat, without: [], loaded: [] }));
    const house = await House.open(stage.root, stage.clip);
    try {
      for (let window = 1; window <= stage.wish.windows; window += 1) {
        for (const level of levels) await measure(stage, house, level, window);
      }
    } finally {
      await house.close();
    }
    return { table: tableOf(levels), findings: levels.flatMap(judgeLevel), measured: levels };
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
      `${rate(loaded.livePerSecond)} live/s, ${rate(loaded.detectedPerSecond)} detected/s`,
  );
}
