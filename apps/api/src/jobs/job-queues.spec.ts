import { hostClock } from '@lookout/host';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { readConfig } from '@lookout/config';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobQueues } from './job-queues.ts';

let redis: TestRedis;
let queues: JobQueues;
let done: string[];

beforeEach(async () => {
  redis = await startRedis();
  done = [];
  queues = new JobQueues(readConfig({ REDIS_URL: redis.url }, '/nowhere'), hostClock());
});

afterEach(async () => {
  await queues.onApplicationShutdown();
  await redis.stop();
});

function work(): void {
  const handler = ({ id }: { id?: string }) => {
    done.push(id ?? '');
    return Promise.resolve();
  };
  queues.work('chores', handler, { concurrency: 2, removeOnComplete: { count: 0 } });
}

describe('JobQueues', () => {
  it('have a job of one id done once, however often it is added meanwhile', async () => {
    const queue = queues.queue('chores');
    for (let time = 0; time < 3; time += 1) await queue.add('chore', {}, { jobId: 'a-1' });
    await expect.poll(() => queues.counts('chores')).toMatchObject({ waiting: 1, active: 0 });
    work();
    await queue.add('chore', {}, { jobId: 'b-1' });
    await expect.poll(() => done).toEqual(['a-1', 'b-1']);
    await expect
      .poll(() => queues.counts('chores'))
      .toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
  });

  it('begin while Redis is away, and work when it is there', async () => {
    await redis.kill();
    await expect.poll(() => queues.connected).toBe(false);
    work();
    expect(await queues.counts('chores')).toBeNull();
    await redis.restart();
    await expect.poll(() => queues.connected).toBe(true);
    await queues.queue('chores').add('chore', {}, { jobId: 'c-1' });
    await expect.poll(() => done).toEqual(['c-1']);
    await redis.restart();
    await expect.poll(() => queues.connected).toBe(true);
    await queues.queue('chores').add('chore', {}, { jobId: 'd-1' });
    await expect.poll(() => done).toEqual(['c-1', 'd-1']);
  });

  it('close soon though Redis is away', async () => {
    work();
    await expect.poll(() => queues.connected).toBe(true);
    await redis.kill();
    const begun = performance.now();
    await queues.onApplicationShutdown();
    expect(performance.now() - begun).toBeLessThan(6000);
  });
});
