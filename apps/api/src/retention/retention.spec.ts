import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { retentionSchema } from '@lookout/contracts';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

const QUARTER_MS = 15 * 60_000;

let site: Site;
let redis: TestRedis;
let api: RunningApi;
let orphan: string;

beforeAll(async () => {
  site = await makeSite();
  const folder = join(site.root, 'data', 'events');
  await mkdir(folder, { recursive: true });
  orphan = join(folder, 'event-gone.jpg');
  await writeFile(orphan, Buffer.alloc(1000));
  await utimes(orphan, 1, 1);
  redis = await startRedis();
  await redis.kill();
  const settings = { LOOKOUT_DEMO: 'false', LOOKOUT_EVENT_DAYS: '3', LOOKOUT_EVENT_DISK_MB: '7' };
  api = await startApi(site, { ...settings, REDIS_URL: redis.url });
});

afterAll(async () => {
  await api.stop();
  await redis.stop();
  await site.remove();
});

async function read() {
  const answer = await api.call('GET', '/api/v1/events/retention');
  expect(answer.status).toBe(200);
  return retentionSchema.parse(await answer.json());
}

it('says what it will delete, though Redis is away and nobody knows when', async () => {
  expect(await read()).toMatchObject({
    ...{ days: 3, diskBytes: 7 * 1024 * 1024, last: null },
    next: { at: null, amounts: { orphans: 1, bytes: 1000 }, events: [] },
  });
});

it('deletes by a job that repeats, also when Redis lost its memory, and counts it', async () => {
  await redis.restart();
  await expect
    .poll(async () => (await read()).last)
    .toMatchObject({
      amounts: { age: 0, budget: 0, orphans: 1, bytes: 1000 },
      trouble: null,
    });
  await expect(stat(orphan)).rejects.toThrow('ENOENT');
  const metrics = await (await api.call('GET', '/metrics')).text();
  expect(metrics).toContain('lookout_orphan_pictures_deleted_total 1');
  expect(metrics).toContain('lookout_events_deleted_total{reason="age"} 0');
  expect(metrics).toContain('lookout_event_disk_bytes 0');
  const { next, last } = await read();
  expect(Date.parse(next.at ?? '')).toBeGreaterThan(Date.parse(last?.at ?? ''));
  await redis.restart();
  await expect.poll(async () => (await read()).next.at !== null).toBe(true);
});

it('notices that Redis was emptied though no connection was lost', async () => {
  const admin = new Redis(redis.url);
  // Again, should it be noticed before it is seen here.
  const emptied = async () => {
    await admin.flushall();
    return (await read()).next.at;
  };
  await expect.poll(emptied).toBeNull();
  admin.disconnect();
  await expect.poll(async () => (await read()).next.at !== null).toBe(true);
});

it('comes in its time again when the clock was fast and is set right', async () => {
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue('retention', { connection, prefix: 'lookout:jobs' });
  const far = Date.now() + 10 * QUARTER_MS;
  const next = async () => Date.parse((await read()).next.at ?? '');
  // Again, should it be set right before it is seen here.
  const madeFar = async () => {
    await queue.removeJobScheduler('events');
    await queue.upsertJobScheduler('events', { every: QUARTER_MS, startDate: far });
    return next();
  };
  await expect.poll(madeFar).toBeGreaterThanOrEqual(far);
  await expect.poll(async () => (await next()) - Date.now()).toBeLessThanOrEqual(QUARTER_MS);
  const areFar = async () =>
    (await queue.getDelayed()).map(({ timestamp, delay }) => timestamp + delay >= far);
  await expect.poll(areFar).toEqual([false]);
  await queue.close();
  connection.disconnect();
});
