import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { House, type WorkerSettings } from '../house/house.ts';
import { type CameraWindow, observeCamera } from '../measure/camera-window.ts';
import { ms, rate } from '../report/figures.ts';
import {
  judgeSample,
  type Place,
  PLACES,
  plotsOf,
  type SampleCell,
  tableOf,
} from './sample/judge.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

const LONGEST_START_MS = 60_000;
const LOOK_MS = 100;

/** The experiment of the article about the sample that Lookout grew from: one process, or two? */
export const sample: Scenario = {
  name: 'sample',
  about: "the picture with the inference in the api's own process, and in a worker process",
  async play(stage: Stage): Promise<Outcome> {
    const repeats = stage.wish.quick ? [10] : [1, 3, 10];
    const places = stage.wish.quick ? PLACES.filter((place) => !place.includes('thread')) : PLACES;
    const cells: SampleCell[] = [];
    const settings = await workerSettings(stage);
    for (const repeat of repeats) {
      for (const place of places) {
        const house =
          place === 'a worker process'
            ? await openWithWorker(stage, repeat)
            : await openInOneProcess(stage, place, repeat, settings);
        const window = await observe(stage, house);
        cells.push({ place, repeat, window });
        stage.say(
          `repeat ${String(repeat)}, inference in ${place}: ${rate(window.livePerSecond)} live/s, ` +
            `longest gap ${ms(window.longestGapMs)}`,
        );
      }
    }
    return {
      table: tableOf(cells),
      findings: judgeSample(cells),
      plots: plotsOf(cells),
      measured: cells,
    };
  },
};

async function observe(stage: Stage, house: House): Promise<CameraWindow> {
  const { seconds, windows } = stage.wish;
  try {
    const deadline = performance.now() + LONGEST_START_MS;
    while ((await house.client.system()).workers?.length !== 1) {
      if (performance.now() > deadline) throw new Error('the inference did not start');
      await sleep(LOOK_MS);
    }
    return await observeCamera(house, { seconds: seconds / windows, detection: true });
  } finally {
    await house.close();
  }
}

function openInOneProcess(
  stage: Stage,
  place: Place,
  repeat: number,
  { model, threads }: WorkerSettings,
): Promise<House> {
  return House.open(stage.root, stage.clip, {
    file: join(stage.root, 'bench/scenarios/sample/api-with-inference.ts'),
    environment: { INFERENCE_REPEAT: String(repeat) },
    args: [place.includes('thread') ? 'thread' : 'loop', model, String(threads)],
  });
}

async function openWithWorker(stage: Stage, repeat: number): Promise<House> {
  const house = await House.open(stage.root, stage.clip);
  try {
    await house.startWorker(repeat);
    return house;
  } catch (error) {
    await house.close();
    throw error;
  }
}

/** What a worker chooses for itself here: the other places get the same. */
async function workerSettings(stage: Stage): Promise<WorkerSettings> {
  const house = await openWithWorker(stage, 1);
  const settings = await house.workerSettings();
  await house.close();
  return settings;
}
