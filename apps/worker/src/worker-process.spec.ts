import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRedis } from '@lookout/redis-link';
import { RedisWorkerRoster } from '@lookout/frame-mailbox';
import { hostClock } from '@lookout/host';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { sleep } from '@lookout/timing';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type BuiltWorker, buildWorker, WorkerUnderTest } from './worker-under-test.ts';

const PATIENCE = { timeout: 20_000 };
let built: BuiltWorker;
let redis: TestRedis;
const workers: WorkerUnderTest[] = [];

beforeAll(async () => {
  [built, redis] = await Promise.all([buildWorker(), startRedis()]);
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()));
});

afterAll(async () => {
  await redis.stop();
  await built.remove();
});

function start(environment: Readonly<Record<string, string>> = {}): WorkerUnderTest {
  const worker = new WorkerUnderTest(built.main, { REDIS_URL: redis.url, ...environment });
  workers.push(worker);
  return worker;
}

it('is ready, on the roster, recognisable in ps, and behind the live view with every thread', async () => {
  const worker = start();
  expect(await worker.message()).toEqual({ type: 'ready' });
  expect(readFileSync(`/proc/${String(worker.pid)}/cmdline`, 'utf8')).toContain('lookout-worker');
  const threads = readdirSync(`/proc/${String(worker.pid)}/task`).map(Number);
  expect(threads.map((thread) => getPriority(thread))).toEqual(threads.map(() => 10));

  const connection = connectRedis(redis.url, { name: 'test' });
  await expect.poll(() => connection.ping()).toBe('PONG');
  const roster = new RedisWorkerRoster(connection);
  const [present] = await roster.workers();
  expect(present).toMatchObject({ pid: worker.pid, inferenceRepeat: 1, inferenceMs: null });
  expect(present).toMatchObject({ threads: 2, threadsChosen: 'pinned' });
  expect(present?.models).toHaveLength(1);

  worker.process.kill('SIGTERM');
  expect(await worker.exit).toBe(0);
  expect(await roster.workers()).toEqual([]);
  connection.disconnect();
});

// With one core there is nothing to choose from.
const onSeveralCores = it.skipIf(availableParallelism() < 2);

onSeveralCores('measures its machine once, and remembers it', { timeout: 180_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lookout-worker-'));
  const unpinned = { INFERENCE_THREADS: '', LOOKOUT_DATA_DIR: dataDir };
  const first = start(unpinned);
  await first.message();
  await vi.waitFor(() => {
    expect(first.output).toMatch(/threads of \S+: measured in \S+ s: [\d., a-z]+/);
    expect(first.output).toMatch(/is loaded, \d+ threads? \(tuned\)/);
  }, PATIENCE);
  const second = start(unpinned);
  await second.message();
  await vi.waitFor(() => {
    expect(second.output).toContain('as measured before');
  }, PATIENCE);
  rmSync(dataDir, { recursive: true });
});

onSeveralCores('ends in good order while it measures a model', { timeout: 180_000 }, async () => {
  const endsUnready = async (afterMs: number) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'lookout-worker-'));
    const worker = start({ INFERENCE_THREADS: '', LOOKOUT_DATA_DIR: dataDir });
    const loaded = () => readFileSync(`/proc/${String(worker.pid)}/maps`, 'utf8');
    await expect.poll(loaded).toContain('libonnxruntime');
    await sleep(hostClock(), afterMs);
    worker.process.kill('SIGTERM');
    expect(await worker.exit).toBe(0);
    expect(worker.output).not.toMatch(/Napi|terminate/);
    rmSync(dataDir, { recursive: true });
    return worker.messages.length === 0;
  };
  // A fast machine has measured it sooner.
  expect((await endsUnready(500)) || (await endsUnready(100))).toBe(true);
});

it('says that it is hopeless, in one line, when the model is not in the catalog', async () => {
  const worker = start({ LOOKOUT_MODEL: 'nonsuch' });
  const message = await worker.message();
  expect(message).toMatchObject({ type: 'failed' });
  expect(message.type === 'failed' && message.reason).toMatch(/^[^\n]*nonsuch[^\n]*$/);
  expect(await worker.exit).toBe(78);
});

it('says that it is hopeless when the environment is bad', async () => {
  const worker = start({ INFERENCE_REPEAT: 'often' });
  const message = await worker.message();
  expect(message.type === 'failed' && message.reason).toContain('INFERENCE_REPEAT=often');
  expect(await worker.exit).toBe(78);
});

it('is not ready before Redis answers, and keeps trying until it does', async () => {
  const late = await startRedis();
  await late.kill();
  const worker = start({ REDIS_URL: late.url });
  await vi.waitFor(
    () => {
      expect(worker.output).toContain('Redis does not answer');
    },
    { timeout: 20_000 },
  );
  expect(worker.messages).toEqual([]);
  await late.restart();
  expect(await worker.message()).toEqual({ type: 'ready' });
  await late.stop();
});

it('ends when its supervisor is gone', async () => {
  const worker = start();
  await worker.message();
  worker.process.disconnect();
  expect(await worker.exit).toBe(0);
});
