import { setTimeout as sleep } from 'node:timers/promises';
import type { Books } from '@lookout/contracts';
import { booksBalance } from '@lookout/test-house';
import { addClipCamera, untilLive } from '../house/clip-camera.ts';
import { House } from '../house/house.ts';
import type { Viewer } from '../house/viewer.ts';
import { booksOf } from '../measure/camera-window.ts';
import { memoryBytes } from '../measure/process-figures.ts';
import { childrenNamed, ProcessorMeter } from '../measure/processor-time.ts';
import { spread } from '../measure/statistics.ts';
import { rate } from '../report/figures.ts';
import { type Crowd, judgeCrowd, plotsOf, tableOf } from './cameras/judge.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

const NUMBERS = [1, 2, 4, 8, 16];
const QUICK_NUMBERS = [1, 2];
const SETTLE_MS = 2500;

/** How the detector is shared and the cost grows with the number of cameras; one worker for all. */
export const cameras: Scenario = {
  name: 'cameras',
  about: 'rate, fairness, ages and cost with more and more cameras on one worker',
  async play(stage: Stage): Promise<Outcome> {
    const crowds: Crowd[] = [];
    const house = await House.open(stage.root, stage.clip);
    try {
      await house.startWorker(1);
      for (const number of stage.wish.quick ? QUICK_NUMBERS : NUMBERS) {
        const crowd = await observe(stage, house, number);
        crowds.push(crowd);
        const { detected } = crowd;
        stage.say(
          `${String(number)} cameras: ${rate(Math.min(...detected))} to ` +
            `${rate(Math.max(...detected))} detected/s each`,
        );
      }
    } finally {
      await house.close();
    }
    return {
      table: tableOf(crowds),
      findings: crowds.flatMap(judgeCrowd),
      plots: plotsOf(crowds),
      measured: crowds,
    };
  },
};

async function observe(stage: Stage, house: House, number: number): Promise<Crowd> {
  const ids: string[] = [];
  const viewers: Viewer[] = [];
  try {
    for (let index = 1; index <= number; index += 1) {
      const { id } = await addClipCamera(house, { name: `Camera ${String(index)}` });
      ids.push(id);
      // One frame a second: the pictures are another scenario's matter, the results are wanted.
      viewers.push(await house.client.watch({ cameraId: id, maxFps: 1 }));
    }
    await untilLive(house, ids);
    await sleep(SETTLE_MS);
    const decoders = childrenNamed(house.apiPid, 'ffmpeg');
    const booksBefore = await allBooks(house, ids);
    const meter = new ProcessorMeter({
      api: house.apiPid,
      worker: house.workerPid,
      redis: house.redisPid,
      ...Object.fromEntries(decoders.map((pid) => [`ffmpeg ${String(pid)}`, pid])),
    });
    for (const viewer of viewers) viewer.forget();
    const start = performance.now();
    await sleep((stage.wish.seconds / 2) * 1000);
    const seconds = (performance.now() - start) / 1000;
    const processor = meter.percent();
    const results = viewers.flatMap((viewer) => viewer.results);
    const booksAfter = await allBooks(house, ids);
    const perSecond = (pick: (books: Books) => number): number[] =>
      booksAfter.map((books, index) => {
        const before = booksBefore[index];
        return before === undefined ? NaN : (pick(books) - pick(before)) / seconds;
      });
    return {
      cameras: number,
      seconds,
      detected: perSecond((books) => books.detected),
      captured: perSecond((books) => books.captured),
      age: spread(results.map(({ ageMs }) => ageMs)),
      inference: spread(results.map(({ inferenceMs }) => inferenceMs)),
      processor: withDecodersSummed(processor),
      memory: {
        api: memoryBytes(house.apiPid),
        worker: memoryBytes(house.workerPid),
        redis: memoryBytes(house.redisPid),
        ffmpeg: decoders.reduce((sum, pid) => sum + memoryBytes(pid), 0),
      },
      unbalanced: [...booksBefore, ...booksAfter].filter((books) => !booksBalance(books)).length,
    };
  } finally {
    for (const viewer of viewers) viewer.close();
    for (const id of ids) await house.client.removeCamera(id);
  }
}

function allBooks(house: House, ids: readonly string[]): Promise<Books[]> {
  return Promise.all(ids.map((id) => booksOf(house, id)));
}

function withDecodersSummed(processor: Readonly<Record<string, number>>): Record<string, number> {
  const summed: Record<string, number> = { ffmpeg: 0 };
  for (const [name, share] of Object.entries(processor)) {
    const part = name.startsWith('ffmpeg') ? 'ffmpeg' : name;
    summed[part] = (summed[part] ?? 0) + share;
  }
  return summed;
}
