import { join } from 'node:path';
import { BareLoop } from '../house/bare-loop.ts';
import { House } from '../house/house.ts';
import { type CameraWindow, observeCamera } from '../measure/camera-window.ts';
import { cadence, median } from '../measure/statistics.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

const LOWEST_RATIO = 0.9;
const DETECT_FPS = 30;
/** Above this the camera's frames might not be to spare, and each is inferred several times. */
const SPARE_PER_SECOND = 25;

interface BareWindow {
  readonly perSecond: number;
  readonly camera: CameraWindow;
}

/** What of the inference engine's own speed is left when it is fed with frames from a camera. */
export const efficiency: Scenario = {
  name: 'efficiency',
  about: 'worker throughput over a bare loop of the same session, under the same capture load',
  async play(stage: Stage): Promise<Outcome> {
    const { windows, seconds } = stage.wish;
    const wish = { seconds: seconds / windows, detection: true, detectFps: DETECT_FPS };
    const worker: CameraWindow[] = [];
    const bare: BareWindow[] = [];
    const house = await House.open(stage.root, stage.clip);
    let loop: BareLoop | null = null;
    let repeat = 1;
    try {
      loop = await bareLoopOf(stage, house);
      for (let window = 1; window <= windows; window += 1) {
        bare.push(await observeBare(house, loop, wish));
        repeat = Math.ceil((bare[0]?.perSecond ?? 0) / SPARE_PER_SECOND);
        await house.startWorker(repeat);
        worker.push(await observeCamera(house, wish));
        await house.stopWorker();
        stage.say(
          `window ${String(window)} of ${String(windows)}: bare loop ` +
            `${(bare.at(-1)?.perSecond ?? 0).toFixed(2)}/s, worker ` +
            `${((worker.at(-1)?.detectedPerSecond ?? 0) * repeat).toFixed(2)}/s`,
        );
      }
    } finally {
      await loop?.stop();
      await house.close();
    }
    return outcome(worker, bare, repeat);
  },
};

/** A bare loop of the very session that the worker uses. */
async function bareLoopOf(stage: Stage, house: House): Promise<BareLoop> {
  await house.startWorker(1);
  const worker = (await house.client.system()).workers?.[0];
  await house.stopWorker();
  if (worker === undefined) throw new Error('the api knows of no worker');
  return BareLoop.start(join(stage.root, 'models'), worker.models[0] ?? '', worker.threads);
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

function outcome(
  worker: readonly CameraWindow[],
  bare: readonly BareWindow[],
  repeat: number,
): Outcome {
  const workerRate = median(worker.map((w) => w.detectedPerSecond)) * repeat;
  const bareRate = median(bare.map((w) => w.perSecond));
  const ratio = workerRate / bareRate;
  const spare = Math.min(
    ...worker.map((w) => w.booksAfter.overwritten - w.booksBefore.overwritten),
  );
  const inferenceMs = median(worker.map((w) => w.inference.p50)) / repeat;
  return {
    table: [
      ['', 'inferences/s', 'ms each', 'in the engine', 'live/s', 'others'],
      [
        'bare loop',
        bareRate.toFixed(2),
        (1000 / bareRate).toFixed(1),
        '100 %',
        median(bare.map((w) => w.camera.livePerSecond)).toFixed(2),
        othersOf(bare.map((w) => w.camera)),
      ],
      [
        `worker, repeat ${String(repeat)}`,
        workerRate.toFixed(2),
        inferenceMs.toFixed(1),
        `${(100 * median(worker.map((w) => w.engineShare))).toFixed(0)} %`,
        median(worker.map((w) => w.livePerSecond)).toFixed(2),
        othersOf(worker),
      ],
    ],
    findings: [
      {
        claim: `the worker does at least ${String(LOWEST_RATIO)} of a bare loop's inferences`,
        found: ratio.toFixed(3),
        holds: ratio >= LOWEST_RATIO,
      },
      {
        claim: 'there were frames to spare in every window',
        found: `${String(spare)} overwritten at least`,
        holds: spare > 0,
      },
    ],
    measured: { repeat, worker, bare },
  };
}

function othersOf(windows: readonly CameraWindow[]): string {
  return `${median(windows.map((w) => w.processor['others'] ?? 0)).toFixed(0)} %`;
}
