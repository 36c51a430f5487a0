import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Detection, DetectionResult } from '@lookout/contracts';
import { RedisDetectionFeed } from '@lookout/detection-feed';
import { hostClock } from '@lookout/host';
import { connectRedis } from '@lookout/redis-link';
import { startRedis } from '@lookout/test-redis';
import { sleep } from '@lookout/timing';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../database/open-database.ts';
import { SqliteEventsRepository } from '../database/sqlite-events.repository.ts';
import { sampleCamera } from '../status/samples.ts';
import { CameraPresences } from './camera-presences.ts';
import type { EventsRepository, StoredEvent } from './events.repository.ts';

const RECORDER = join(import.meta.dirname, 'recorder-under-test.ts');
const KILLS = 50;
const AT_ONCE = 5;
const CAMERAS = ['gate', 'door', 'yard'];
const LABELS = ['car', 'person', 'dog'];
const RESULTS = 1200;
const PERIOD_MS = 200;
const MOST_MS_BETWEEN_KILLS = 250;
/** The feed sheds what is a minute old: a recorder that starts slowly may live until it has it. */
const MOST_MS_BEHIND = 15_000;

/** A course of results in which labels come and go, with a gap now and then. */
function course(): DetectionResult[] {
  const present = new Map<string, boolean>();
  const results: DetectionResult[] = [];
  let at = 1_700_000_000_000;
  for (let step = 0; step < RESULTS / CAMERAS.length; step += 1) {
    at += Math.random() < 0.01 ? 5000 : PERIOD_MS;
    for (const cameraId of CAMERAS) {
      const detections = LABELS.flatMap((label, classId): Detection[] => {
        const name = `${cameraId} ${label}`;
        if (Math.random() < 0.03) present.set(name, present.get(name) !== true);
        if (present.get(name) !== true || Math.random() < 0.2) return [];
        const box = { x: 0.1, y: 0.1, width: 0.2, height: 0.2 };
        return [{ classId, label, confidence: 0.4 + Math.random() / 2, box }];
      });
      results.push({
        ...{ cameraId, epoch: 1, sequence: step, capturedAt: at, completedAt: at + 80 },
        ...{ inferenceMs: 60, model: 'yolov5s', worker: 'w1', detections },
      });
    }
  }
  return results;
}

/** What one who is never disturbed makes of it. */
function undisturbed(results: readonly DetectionResult[]): unknown[] {
  const presences = new CameraPresences(new Map(), () => String(Math.random()));
  for (const result of results) {
    const camera = sampleCamera({ id: result.cameraId });
    presences.entry(camera, { kind: 'result', result, ages: {} }, result.completedAt);
  }
  return comparable([...presences.takeChanges().stays.values()]);
}

function comparable(events: readonly Omit<StoredEvent, 'snapshot'>[]): unknown[] {
  const plain = events.map((event) => ({ ...event, id: '', snapshot: null }));
  return plain.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf(event: Omit<StoredEvent, 'snapshot'>): string {
  return `${event.cameraId} ${event.label} ${String(event.startedAt)}`;
}

function record(folder: string, url: string) {
  const child = spawn(process.execPath, [RECORDER, folder, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    ready: once(child.stdout, 'data'),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

async function everyEvent(repository: EventsRepository): Promise<StoredEvent[]> {
  return repository.list({ cameraIds: null, limit: 100_000 });
}

/** Waits until all that was published is kept. */
async function expectKept(repository: EventsRepository, published: number): Promise<void> {
  const newest = async () => {
    const memories = [...(await repository.memories()).values()];
    return memories.map(({ position }) => position?.sequence);
  };
  await expect
    .poll(newest, { timeout: 100_000, interval: 100 })
    .toEqual(CAMERAS.map(() => published / CAMERAS.length - 1));
}

async function line(): Promise<{ kept: unknown[]; expected: unknown[] }> {
  const clock = hostClock();
  const folder = await mkdtemp(join(tmpdir(), 'lookout-recorder-'));
  const server = await startRedis();
  onTestFinished(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });
  const redis = connectRedis(server.url, { name: 'feeder', commandTimeoutMs: 60_000 });
  await once(redis, 'ready');
  const feed = new RedisDetectionFeed(redis);
  const results = course();
  const expected = undisturbed(results);
  let published = 0;
  const database = await openDatabase(join(folder, 'lookout.db'));
  const repository = new SqliteEventsRepository(database);
  let keptAt = clock.monotonic();
  const kills = KILLS / AT_ONCE;
  for (let kill = 1; kill <= kills; kill += 1) {
    const recorder = record(folder, server.url);
    await recorder.ready;
    const until = clock.monotonic() + Math.random() * MOST_MS_BETWEEN_KILLS;
    const share = Math.round((RESULTS * kill) / kills);
    for (; published < share; published += 1) {
      const result = results[published];
      if (result !== undefined) await feed.publish({ kind: 'result', result, ages: {} });
    }
    await sleep(clock, Math.max(0, until - clock.monotonic()));
    if (clock.monotonic() - keptAt > MOST_MS_BEHIND) {
      await expectKept(repository, published);
      keptAt = clock.monotonic();
    }
    await recorder.kill();
  }
  const last = record(folder, server.url);
  await last.ready;
  await expectKept(repository, published);
  await last.kill();
  const kept = comparable(await everyEvent(repository));
  await database.destroy();
  redis.disconnect();
  return { kept, expected };
}

it(
  'neither loses nor doubles an event when it is killed at random moments, fifty times',
  { timeout: 420_000 },
  async () => {
    for (const { kept, expected } of await Promise.all(Array.from({ length: AT_ONCE }, line))) {
      expect(expected.length).toBeGreaterThan(10);
      expect(kept).toEqual(expected);
    }
  },
);
