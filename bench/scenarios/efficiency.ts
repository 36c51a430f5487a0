import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { BareLoop } from '../house/bare-loop.ts';
import { House, type WorkerSettings } from '../house/house.ts';
import { type CameraWindow, observeCamera } from '../measure/camera-window.ts';
import { cadence } from '../measure/statistics.ts';
import { rate } from '../report/figures.ts';
import {
  type BareSetting,
  type BareWindow,
  judgeEfficiency,
  nameOf,
  tableOf,
} from './efficiency/judge.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

const DETECT_FPS = 30;
/** Above this the camera's frames might not be to spare, and each is inferred several times. */
const SPARE_PER_SECOND = 25;
/** Settings with more threads than this are not tried. */
const MOST_THREADS = 8;

type Loops = Readonly<Record<'own' | 'fastest', BareLoop>>;

/** What of the inference engine's own speed is left when it is fed with frames from a camera. */
export const efficiency: Scenario = {
  name: 'efficiency',
  about: 'worker throughput over a bare loop of the same session, under the same capture load',
  async play(stage: Stage): Promise<Outcome> {
    const { windows, seconds } = stage.wish;
    const wish = { seconds: seconds / windows, detection: true, detectFps: DETECT_FPS };
    const worker: CameraWindow[] = [];
    const bare: BareWindow[] = [];
    const fastest: BareWindow[] = [];
    const loops: BareLoop[] = [];
    const house = await House.open(stage.root, stage.clip);
    try {
      const { model, threads } = await workerSettings(house);
      const start = async (setting: BareSetting): Promise<BareLoop> => {
        const loop = await BareLoop.start({
          models: join(stage.root, 'models'),
          model,
          ...setting,
        });
        loops.push(loop);
        return loop;
      };
      const own = { threads, spinning: false };
      const best = await findBest(stage, start);
      const both: Loops = { own: await start(own), fastest: await start(best) };
      let repeat = 1;
      for (let window = 1; window <= windows; window += 1) {
        bare.push(await observeBare(house, both.own, wish));
        fastest.push(await observeBare(house, both.fastest, wish));
        repeat = Math.ceil((bare[0]?.perSecond ?? 0) / SPARE_PER_SECOND);
        await house.startWorker(repeat);
        worker.push(await observeCamera(house, wish));
        await house.stopWorker();
        stage.say(
          `window ${String(window)} of ${String(windows)}: bare loop ` +
            `${rate(bare.at(-1)?.perSecond ?? NaN)}/s, fastest ` +
            `${rate(fastest.at(-1)?.perSecond ?? NaN)}/s, worker ` +
            `${rate((worker.at(-1)?.detectedPerSecond ?? NaN) * repeat)}/s`,
        );
      }
      const measured = { repeat, worker, own, bare, best, fastest };
      return { table: tableOf(measured), findings: judgeEfficiency(measured), measured };
    } finally {
      for (const loop of loops) await loop.stop();
      await house.close();
    }
  },
};

async function workerSettings(house: House): Promise<WorkerSettings> {
  await house.startWorker(1);
  const settings = await house.workerSettings();
  await house.stopWorker();
  return settings;
}

/** Tries every sensible setting for a moment, without any other load. @returns the fastest */
async function findBest(
  stage: Stage,
  start: (setting: BareSetting) => Promise<BareLoop>,
): Promise<BareSetting> {
  const trialSeconds = stage.wish.quick ? 0.7 : 2;
  let best: BareSetting & { perSecond: number } = { threads: 1, spinning: false, perSecond: 0 };
  for (let threads = 1; threads <= Math.min(availableParallelism(), MOST_THREADS); threads *= 2) {
    for (const spinning of threads === 1 ? [false] : [false, true]) {
      const loop = await start({ threads, spinning });
      const perSecond = await loop.measure(trialSeconds);
      await loop.stop();
      stage.say(`bare loop, ${nameOf({ threads, spinning })}: ${rate(perSecond)}/s`);
      if (perSecond > best.perSecond) best = { threads, spinning, perSecond };
    }
  }
  return { threads: best.threads, spinning: best.spinning };
}

async function observeBare(
  house: House,
  loop: BareLoop,
  wish: Parameters<typeof observeCamera>[1],
): Promise<BareWindow> {
  loop.go();
  const camera = await observeCamera(house, { ...wish, alongside: { bare: loop.pid } });
  const moments = await loop.halt();
  return { perSecond: cadence(moments, camera.startedAt, camera.endedAt).perSecond, camera };
}
