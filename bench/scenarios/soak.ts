import { setTimeout as sleep } from 'node:timers/promises';
import { booksBalance } from '@lookout/test-house';
import { addClipCamera, untilLive } from '../house/clip-camera.ts';
import { House } from '../house/house.ts';
import { readMetric } from '../house/metrics.ts';
import type { Viewer } from '../house/viewer.ts';
import { filesBelow, memoryBytes, openHandles } from '../measure/process-figures.ts';
import { childrenNamed } from '../measure/processor-time.ts';
import { bytes } from '../report/figures.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';
import { Churn } from './soak/churn.ts';
import { judgeSoak, plotsOf, type Soak, type SoakSample, tableOf } from './soak/judge.ts';

const SAMPLE_MS = 2000;
const SETTLE_MS = 3000;
const TELL_EVERY = 15;

/** Whether anything grows while Lookout works for long and nothing rests. */
export const soak: Scenario = {
  name: 'soak',
  about: 'growth of memory, handles and files over a long time of edits and visits (--minutes)',
  notQuick: 'what grows slowly shows in hours, not in seconds',
  endsEarly: true,
  async play(stage: Stage): Promise<Outcome> {
    const house = await House.open(stage.root, stage.clip);
    let found: Soak;
    try {
      await house.startWorker(1);
      found = await observe(stage, house);
    } finally {
      await house.close();
    }
    return {
      table: tableOf(found),
      findings: judgeSoak(found),
      plots: plotsOf(found),
      measured: found,
    };
  },
};

async function observe(stage: Stage, house: House): Promise<Soak> {
  const quiet = await addClipCamera(house, { name: 'Quiet' });
  const edited = await addClipCamera(house, { name: 'Edited' });
  const viewer = await house.client.watch({ cameraId: quiet.id });
  await house.client.watch({ cameraId: edited.id }, { ackAfterMs: null });
  await untilLive(house, [quiet.id, edited.id]);
  await sleep(SETTLE_MS);
  const over = AbortSignal.any([stage.enough, AbortSignal.timeout(stage.wish.minutes * 60_000)]);
  const churn = new Churn(house, edited.id);
  const churning = churn.run(over);
  const deaths: string[] = [];
  const samples = await takeSamples(stage, house, viewer, churn, deaths, over);
  await churning;
  const statuses = await Promise.all([quiet, edited].map(({ id }) => house.client.status(id)));
  const unbalanced = statuses.filter(({ books }) => books === null || !booksBalance(books)).length;
  return { samples, churn: churn.count, deaths, unbalanced };
}

async function takeSamples(
  stage: Stage,
  house: House,
  viewer: Viewer,
  churn: Churn,
  deaths: string[],
  over: AbortSignal,
): Promise<SoakSample[]> {
  const samples: SoakSample[] = [];
  const start = performance.now();
  let last = start;
  viewer.forget();
  for (;;) {
    await sleep(SAMPLE_MS, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return samples;
    const now = performance.now();
    const live = viewer.frames.length / ((now - last) / 1000);
    // What is noted of each frame must not grow here while growth is looked for there.
    viewer.forget();
    last = now;
    if (house.workerEnd !== null) {
      deaths.push(house.workerEnd);
      stage.say(`the worker ${house.workerEnd}`);
      // As the supervisor would.
      await house.startWorker(1).catch((error: unknown) => deaths.push(String(error)));
    }
    samples.push({ at: (now - start) / 1000, live, ...(await look(house)) });
    if (samples.length % TELL_EVERY === 0) tell(stage, samples, churn);
  }
}

async function look(house: House): Promise<Omit<SoakSample, 'at' | 'live'>> {
  const { client, apiPid, workerPid, redisPid } = house;
  const [heap, { redis }] = await Promise.all([
    readMetric(client.address, 'nodejs_heap_size_used_bytes'),
    client.system(),
  ]);
  const decoders = childrenNamed(apiPid, 'ffmpeg').map(memoryBytes);
  return {
    memory: {
      api: memoryBytes(apiPid),
      "the api's heap": heap,
      worker: memoryBytes(workerPid),
      'each ffmpeg': decoders.reduce((sum, one) => sum + one, 0) / decoders.length,
      redis: memoryBytes(redisPid),
      "redis' data": redis.usedMemoryBytes ?? NaN,
    },
    handles: {
      api: openHandles(apiPid),
      worker: openHandles(workerPid),
      redis: openHandles(redisPid),
    },
    files: filesBelow(house.temporaryFolder),
  };
}

function tell(stage: Stage, samples: readonly SoakSample[], churn: Churn): void {
  const sample = samples.at(-1);
  if (sample === undefined) return;
  const minutes = `${(sample.at / 60).toFixed(1)} of ${String(stage.wish.minutes)} min`;
  const memory = ['api', 'worker', 'redis'].map(
    (part) => `${part} ${bytes(sample.memory[part] ?? NaN)}`,
  );
  const { done, failures } = churn.count;
  stage.say(
    `${minutes}: ${memory.join(', ')}; ${String(done)} edits and visits, ${String(failures.length)} failed`,
  );
}
