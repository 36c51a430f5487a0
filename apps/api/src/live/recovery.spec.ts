import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@lookout/config';
import {
  type CameraStatus,
  cameraStatusSchema,
  type DetectionResult,
  LIVE_NAMESPACE,
  type LiveEvents,
  systemSchema,
  type ViewerEvents,
} from '@lookout/contracts';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../create-app.ts';
import { listen } from '../listen.ts';
import { startFakeWorker } from './fake-worker.ts';

const TOKEN = 'a-token-for-tests-of-the-recovery';

let folder: string;
let redis: TestRedis;
let app: NestExpressApplication;
let url: string;
let client: Socket<LiveEvents, ViewerEvents>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-recovery-'));
  redis = await startRedis();
  const config = readConfig(
    {
      REDIS_URL: redis.url,
      PORT: '0',
      LOOKOUT_DATA_DIR: join(folder, 'data'),
      LOOKOUT_MEDIA_DIR: join(folder, 'media'),
      LOOKOUT_ADMIN_TOKEN: TOKEN,
      LOOKOUT_DEMO: 'false',
      LOG_LEVEL: 'fatal',
    },
    folder,
  );
  app = await createApp({
    config,
    version: '0.0.0',
    models: folder,
    dashboard: join(folder, 'none'),
  });
  url = await listen(app, config);
});

afterAll(async () => {
  client.disconnect();
  await app.close();
  await redis.stop();
  await rm(folder, { recursive: true });
});

function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  return fetch(`${url}${path}`, { ...init, headers });
}

/** The next status for which this holds. */
function statusWhere(holds: (status: CameraStatus) => boolean): Promise<CameraStatus> {
  return new Promise((resolve) => {
    const look = (status: CameraStatus) => {
      if (!holds(status)) return;
      client.off('status', look);
      resolve(cameraStatusSchema.parse(status));
    };
    client.on('status', look);
  });
}

it('shows live pictures undisturbed while Redis is gone, and detections by itself when it is back', async () => {
  const camera = { name: 'Gate', source: { type: 'test' }, frame: { width: 160 }, captureFps: 10 };
  await call('/api/v1/cameras', { method: 'POST', body: JSON.stringify(camera) });
  const worker = startFakeWorker(redis.url);
  client = io(`${url}${LIVE_NAMESPACE}`, { auth: { token: TOKEN }, transports: ['websocket'] });
  const frames: number[] = [];
  const results: DetectionResult[] = [];
  client.on('frame', ({ sequence }, _jpeg, ack) => {
    frames.push(sequence);
    ack({ drawnAfterMs: 0 });
  });
  client.on('detections', (result) => results.push(result));
  const fresh = ({ detection }: CameraStatus) => detection.freshness === 'fresh';
  const watching = statusWhere(
    (status) =>
      fresh(status) &&
      (status.books?.detected ?? 0) > 2 &&
      status.rates.live > 5 &&
      results.length > 2 &&
      status.ages.drawn !== undefined,
  );
  expect(await client.emitWithAck('watch', { cameraId: 'gate' })).toEqual({ ok: true });
  const before = await watching;
  expect(before.ages.sent).toBeDefined();

  const annotated = await call('/api/v1/cameras/gate/snapshot.jpg?annotated=true');
  expect([annotated.status, annotated.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  expect(annotated.headers.get('cache-control')).toBe('no-store');

  const away = statusWhere(({ books, detection }) => {
    return books === null && detection.freshness === 'unknown';
  });
  await redis.kill();
  expect((await away).state).toBe('live');
  const framesWhenAway = frames.length;
  await statusWhere(() => frames.length >= framesWhenAway + 20);
  const lost = systemSchema.parse(await (await call('/api/v1/system')).json());
  expect([lost.redis.state, lost.workers]).toEqual(['away', null]);
  const ready = await call('/readyz');
  expect([ready.status, await ready.json()]).toMatchObject([200, { degraded: ['redis'] }]);

  const back = statusWhere((status) => fresh(status) && (status.books?.detected ?? 0) > 2);
  const resultsWhenAway = results.length;
  await redis.restart();
  const after = await back;
  expect(after.books?.id).not.toBe(before.books?.id);
  expect(results.length).toBeGreaterThan(resultsWhenAway);

  const { books } = after;
  if (books === null) throw new Error('no books');
  expect(books.offered).toBe(books.delivered + books.overwritten + books.expired + books.waiting);
  expect(books.delivered).toBe(books.detected + books.failed + books.abandoned + books.processing);
  // One capture ran through it all, and every frame shown was newer than the one before.
  expect(frames).toEqual(frames.toSorted((a, b) => a - b));
  expect(after.since).toBe(before.since);

  const gone = statusWhere(({ detection }) => detection.reason === 'No worker is running.');
  await worker.stop();
  expect((await gone).detection.freshness).toBe('unknown');
}, 180_000);
