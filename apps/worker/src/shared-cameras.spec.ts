import { setTimeout as delay } from 'node:timers/promises';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { demoFrame } from './demo-frame.ts';
import { SharedCameras, total } from './shared-cameras.ts';
import { type BuiltWorker, buildWorker, WorkerUnderTest } from './worker-under-test.ts';

const PATIENCE = { timeout: 20_000 };
let built: BuiltWorker;
let redis: TestRedis;
let cameras: SharedCameras;
const workers: WorkerUnderTest[] = [];

beforeAll(async () => {
  built = await buildWorker();
});

beforeEach(async () => {
  redis = await startRedis();
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()));
  await cameras.close();
  await redis.stop();
});

afterAll(() => built.remove());

/** @param inferenceMs - `null`: a real one */
async function start(inferenceMs: number | null): Promise<WorkerUnderTest> {
  const file = inferenceMs === null ? built.main : built.light;
  const environment = { REDIS_URL: redis.url, INFERENCE_THREADS: '1' };
  const worker = new WorkerUnderTest(file, environment, [String(inferenceMs)]);
  workers.push(worker);
  expect(await worker.message()).toEqual({ type: 'ready' });
  return worker;
}

/** Results and failures by the worker process that they came from. */
const entriesOf = ({ pid }: WorkerUnderTest): number =>
  cameras.entries.filter((entry) => workerOf(entry).includes(`-${String(pid)}-`)).length;

const workerOf = (entry: SharedCameras['entries'][number]): string =>
  entry.kind === 'result' ? entry.result.worker : entry.worker;

/** How fair these turns are by weight, 1 at best: Jain's index. */
function jain(turns: readonly number[], weights: readonly number[]): number {
  const shares = turns.map((count, i) => count / (weights[i] ?? 1));
  return total(shares) ** 2 / (shares.length * total(shares.map((share) => share ** 2)));
}

/** Turns are shared by these weights; a moment in which the machine stood still spoils one round. */
async function expectFair(turns: number, weights: readonly number[]): Promise<void> {
  const rounds: number[][] = [];
  for (let round = 0; round < 3; round += 1) rounds.push(await cameras.turns(turns));
  const [, median] = rounds.map((round) => jain(round, weights)).toSorted((a, b) => a - b);
  expect(median, JSON.stringify(rounds)).toBeGreaterThanOrEqual(0.98);
}

/** That no frame was looked at twice, and that the books hold and agree with the feed. */
function expectExactBooks(killed: number): void {
  const ids = cameras.entries.map((entry) => {
    const { cameraId, sequence } = entry.kind === 'result' ? entry.result : entry.frame;
    return `${cameraId} ${String(sequence)}`;
  });
  expect(new Set(ids).size).toBe(ids.length);
  expect(cameras.imbalances).toEqual([]);
  const ended = cameras.sum('detected') + cameras.sum('failed');
  // Who is killed between settling a frame and publishing it takes that one result along.
  expect(ended - ids.length).toBeGreaterThanOrEqual(0);
  expect(ended - ids.length).toBeLessThanOrEqual(killed);
}

it('gives equal cameras equal turns, and others turns by weight, between any number of workers', async () => {
  cameras = new SharedCameras(redis.url);
  await cameras.begin({ a: {}, b: {}, c: {} });
  const [first, second] = await Promise.all([start(100), start(100)]);
  await cameras.turns(10);
  await expectFair(60, [1, 1, 1]);

  await cameras.set({ a: { weight: 1 }, b: { weight: 2 }, c: { weight: 4 } });
  await cameras.turns(10);
  await expectFair(70, [1, 2, 4]);
  const third = await start(100);
  await expectFair(70, [1, 2, 4]);
  await cameras.drain();
  for (const worker of [first, second, third]) expect(entriesOf(worker)).toBeGreaterThan(10);
  expectExactBooks(0);
}, 120_000);

it('keeps a minimum against any weight', async () => {
  cameras = new SharedCameras(redis.url);
  await cameras.begin({ a: { weight: 0.1, minFps: 5 }, b: { weight: 10 }, c: { weight: 10 } });
  await Promise.all([start(50), start(50)]);
  await cameras.turns(10);
  const rates: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const begun = performance.now();
    const [a = 0, b = 0, c = 0] = await cameras.turns(120);
    rates.push((1000 * a) / (performance.now() - begun));
    // As long as there is more than that to share out at all.
    expect(b + c).toBeGreaterThan(a);
  }
  // A moment in which the machine stood still spoils one of them.
  const [, median] = rates.toSorted((one, other) => one - other);
  expect(median, String(rates)).toBeGreaterThanOrEqual(4.5);
  await cameras.drain();
  expectExactBooks(0);
}, 120_000);

it('goes on when a worker is killed, with its share in other hands within 2 s', async () => {
  cameras = new SharedCameras(redis.url);
  await cameras.begin({ a: { weight: 1 }, b: { weight: 2 }, c: { weight: 4 } });
  const [, doomed] = await Promise.all([start(50), start(50)]);
  await cameras.turns(20);
  await doomed.kill();
  const killedAt = Date.now();
  await expectFair(49, [1, 2, 4]);
  expect(cameras.sum('abandoned')).toBeLessThanOrEqual(1);
  await cameras.drain();
  expect(cameras.sum('processing')).toBe(0);
  // Nobody waits for the dead one, though it still holds a frame by all appearances.
  for (const cameraId of ['a', 'b', 'c']) {
    const next = cameras.entries.find(
      (entry) =>
        entry.kind === 'result' &&
        entry.result.cameraId === cameraId &&
        entry.result.completedAt > killedAt,
    );
    const completedAt = next?.kind === 'result' ? next.result.completedAt : Infinity;
    expect(completedAt - killedAt).toBeLessThan(2000);
  }
  expectExactBooks(1);
}, 120_000);

it('gives up what a worker holds that stands still, and takes it back when it goes on', async () => {
  cameras = new SharedCameras(redis.url);
  await cameras.begin({ a: {}, b: {}, c: {} });
  const [, stopped] = await Promise.all([start(50), start(300)]);
  await cameras.turns(20);
  const settled = entriesOf(stopped);
  await vi.waitFor(() => {
    expect(entriesOf(stopped)).toBeGreaterThan(settled);
  }, PATIENCE);
  // In the middle of the next frame, for between two it would hold none.
  await delay(150);
  stopped.process.kill('SIGSTOP');
  const before = entriesOf(stopped);
  const stoppedAt = performance.now();
  await vi.waitFor(() => {
    expect(cameras.sum('abandoned')).toBe(1);
  }, PATIENCE);
  const gaveUpMs = performance.now() - stoppedAt;
  expect(gaveUpMs).toBeLessThan(2500);
  await expectFair(30, [1, 1, 1]);
  expect(entriesOf(stopped)).toBe(before);

  stopped.process.kill('SIGCONT');
  await vi.waitFor(() => {
    expect(entriesOf(stopped)).toBeGreaterThan(before);
  }, PATIENCE);
  await cameras.drain();
  // What it held came too late: it is abandoned, and nothing of it is shown.
  expect(cameras.sum('abandoned')).toBe(1);
  expectExactBooks(0);
}, 120_000);

it('shares cameras between real workers, one of which is killed at work', async () => {
  cameras = new SharedCameras(redis.url, demoFrame(300));
  await cameras.begin({ a: { weight: 1 }, b: { weight: 3 } });
  const [, doomed] = await Promise.all([start(null), start(null)]);
  await cameras.turns(10);
  const together = await cameras.turns(40);
  await doomed.kill();
  const alone = await cameras.turns(40);
  for (const [a = 0, b = 0] of [together, alone]) expect(Math.abs(a - b / 3)).toBeLessThan(3);
  await cameras.drain();
  expect(cameras.sum('failed')).toBe(0);
  expectExactBooks(1);
}, 120_000);
