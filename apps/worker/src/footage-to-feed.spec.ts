import { type FeedEntry, RedisDetectionFeed } from '@lookout/detection-feed';
import { DETECTOR_GROUP, RedisFrameMailbox } from '@lookout/frame-mailbox';
import { hostClock, hostId } from '@lookout/host';
import { connectRedis } from '@lookout/redis-link';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoFrame } from './demo-frame.ts';
import { type BuiltWorker, buildWorker, WorkerUnderTest } from './worker-under-test.ts';

const PATIENCE = { timeout: 20_000 };
const clock = hostClock();
const entries: FeedEntry[] = [];
let redis: TestRedis;
let connection: Redis;
let mailbox: RedisFrameMailbox;
let built: BuiltWorker;
let worker: WorkerUnderTest;
let jpeg: Buffer;
let sequence = 0;

beforeAll(async () => {
  jpeg = demoFrame(300);
  [built, redis] = await Promise.all([buildWorker(), startRedis()]);
  connection = connectRedis(redis.url, { name: 'test' });
  await vi.waitFor(() => connection.ping(), PATIENCE);
  mailbox = new RedisFrameMailbox(connection);
  await new RedisDetectionFeed(connection).follow({
    entry: (entry) => entries.push(entry),
    state: () => undefined,
  });
  worker = new WorkerUnderTest(built.main, { REDIS_URL: redis.url, LOG_LEVEL: 'debug' });
  await worker.message();
});

afterAll(async () => {
  await worker.kill();
  connection.disconnect();
  await redis.stop();
  await built.remove();
});

function register(cameraId: string, model: string | null = null): Promise<void> {
  const detection = {
    enabled: true,
    model,
    minConfidence: 0.4,
    classes: [],
    weight: 1,
    minFps: 0,
    events: { minHits: 3, window: 5, endAfterMs: 5000, labels: [] },
  };
  return mailbox.register({ cameraId, groups: [DETECTOR_GROUP], expiryMs: 10_000, detection });
}

/** Offers a frame and waits for what the worker has to say about it. */
async function offer(cameraId: string, picture: Uint8Array): Promise<FeedEntry | undefined> {
  const before = entries.length;
  sequence += 1;
  await mailbox.publish({
    cameraId,
    epoch: 1,
    sequence,
    capturedAt: clock.now(),
    capturedMonotonic: clock.monotonic(),
    host: hostId(),
    width: 640,
    height: 480,
    jpeg: picture,
  });
  await vi.waitFor(() => {
    expect(entries.length).toBeGreaterThan(before);
  }, PATIENCE);
  return entries.at(-1);
}

it('finds the people of a real frame, and says how old it was at each step', async () => {
  await register('gate');
  const entry = await offer('gate', jpeg);
  if (entry?.kind !== 'result') throw new Error(JSON.stringify(entry));
  const { result, ages } = entry;
  expect(result).toMatchObject({ cameraId: 'gate', epoch: 1, sequence });
  expect(result.inferenceMs).toBeGreaterThan(1);
  const people = result.detections.filter(({ label }) => label === 'person');
  expect(people.length).toBeGreaterThanOrEqual(5);
  const hops = [0, ages.taken, ages.decoded, ages.inferred, ages.published];
  expect(hops).toEqual(hops.toSorted((a = 0, b = 0) => a - b));
  expect(await mailbox.books('gate', DETECTOR_GROUP)).toMatchObject({ offered: 1, detected: 1 });
  await expect.poll(() => worker.output).toContain('inference took');
});

it('fails what is no picture, and what wants a model that is not there, and goes on', async () => {
  await register('odd', 'nonsuch');
  const broken = await offer('gate', jpeg.subarray(0, 500));
  expect(broken?.kind === 'failure' && broken.reason).toContain('JPEG');
  expect(Object.keys(broken?.ages ?? {})).toEqual(['taken', 'published']);
  const unknown = await offer('odd', jpeg);
  expect(unknown).toMatchObject({ kind: 'failure', model: 'nonsuch' });
  expect(unknown?.kind === 'failure' && unknown.reason).toContain('nonsuch');
  expect(await offer('gate', jpeg)).toMatchObject({ kind: 'result' });
  expect(await mailbox.books('gate', DETECTOR_GROUP)).toMatchObject({ detected: 2, failed: 1 });
});

it('works on after Redis has been away', async () => {
  await redis.restart();
  await expect.poll(() => connection.ping()).toBe('PONG');
  await register('gate');
  await vi.waitFor(() => {
    expect(worker.output).toContain('Redis answers again');
  }, PATIENCE);
  expect(await offer('gate', jpeg)).toMatchObject({ kind: 'result' });
});
