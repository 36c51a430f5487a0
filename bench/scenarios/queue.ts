import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from '@lookout/redis-link';
import { House } from '../house/house.ts';
import { addClipCamera, untilLive } from '../house/clip-camera.ts';
import { ms } from '../report/figures.ts';
import { ListConsumer, packFrame } from './queue/frame-list.ts';
import { type Holding, judgeQueue, plotsOf, tableOf, type Way } from './queue/judge.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

/** Both ways are offered so many frames a second, and infer each so often: more than can be done. */
const OFFERED_FPS = 15;
const REPEAT = 5;
/** The list would fill Redis' memory. */
const MOST_SECONDS = 120;
const SETTLE_MS = 1500;
const LOOK_MS = 500;
const LIST = 'bench:frames';

type Redis = ReturnType<typeof connectRedis>;

/** The same frames for the same detector, through a slot that is overwritten and through a list. */
export const queue: Scenario = {
  name: 'queue',
  about: 'age of results under overload through the mailbox, and through a plain list',
  async play(stage: Stage): Promise<Outcome> {
    const seconds = Math.min(stage.wish.seconds, MOST_SECONDS);
    const house = await House.open(stage.root, stage.clip);
    const redis = connectRedis(house.redisUrl, { name: 'bench-look', commandTimeoutMs: 5000 });
    try {
      await once(redis, 'ready');
      const mailbox = await throughMailbox(house, redis, seconds);
      stage.say(`mailbox: newest result ${ms(mailbox.arrivals.at(-1)?.ageMs ?? NaN)} old`);
      const list = await throughList(stage, house, redis, seconds);
      stage.say(`list: newest result ${ms(list.arrivals.at(-1)?.ageMs ?? NaN)} old`);
      const ways = [mailbox, list];
      return {
        table: tableOf(ways),
        findings: judgeQueue(mailbox, list, OFFERED_FPS),
        plots: plotsOf(ways),
        measured: ways,
      };
    } finally {
      redis.disconnect();
      await house.close();
    }
  },
};

async function throughMailbox(house: House, redis: Redis, seconds: number): Promise<Way> {
  await house.startWorker(REPEAT);
  const camera = await addClipCamera(house, { detectFps: OFFERED_FPS });
  const viewer = await house.client.watch({ cameraId: camera.id, maxFps: 1 });
  await untilLive(house, [camera.id]);
  await sleep(SETTLE_MS);
  viewer.forget();
  const start = performance.now();
  const key = `lookout:frame:${camera.id}`;
  const holdings = await watchRedis(redis, key, seconds, () => redis.exists(key));
  const arrivals = viewer.results.map(({ at, ageMs, inferenceMs }) => ({
    at: (at - start) / 1000,
    ageMs,
    inferenceMs,
  }));
  viewer.close();
  await house.client.removeCamera(camera.id);
  return { name: 'mailbox', seconds, arrivals, holdings };
}

async function throughList(
  stage: Stage,
  house: House,
  redis: Redis,
  seconds: number,
): Promise<Way> {
  const { model, threads } = await house.workerSettings();
  await house.stopWorker();
  const models = join(stage.root, 'models');
  const settings = { url: house.redisUrl, key: LIST, models, model, threads, repeat: REPEAT };
  const consumer = await ListConsumer.start(settings);
  const camera = await addClipCamera(house, { liveFps: OFFERED_FPS, detection: false });
  let pushing = false;
  const producer = await house.client.watch(
    { cameraId: camera.id },
    {
      onFrame: (capturedAt, jpeg) => {
        if (pushing) redis.lpush(LIST, packFrame(capturedAt, jpeg)).catch(() => undefined);
      },
    },
  );
  try {
    await untilLive(house, [camera.id]);
    await sleep(SETTLE_MS);
    pushing = true;
    const start = Date.now();
    const holdings = await watchRedis(redis, LIST, seconds, () => redis.llen(LIST));
    const arrivals = consumer.consumed.map(({ at, ageMs, inferenceMs }) => ({
      at: (at - start) / 1000,
      ageMs,
      inferenceMs,
    }));
    return { name: 'plain list', seconds, arrivals, holdings };
  } finally {
    producer.close();
    await consumer.stop();
    await redis.del(LIST);
    await house.client.removeCamera(camera.id);
  }
}

/** Looks again and again at how many frames a key holds and what memory it takes. */
async function watchRedis(
  redis: Redis,
  key: string,
  seconds: number,
  countFrames: () => Promise<number>,
): Promise<Holding[]> {
  const holdings: Holding[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  while (performance.now() < end) {
    const [frames, bytes] = await Promise.all([countFrames(), redis.memory('USAGE', key)]);
    holdings.push({ at: (performance.now() - start) / 1000, frames, bytes: bytes ?? 0 });
    await sleep(Math.min(LOOK_MS, Math.max(0, end - performance.now())));
  }
  return holdings;
}
