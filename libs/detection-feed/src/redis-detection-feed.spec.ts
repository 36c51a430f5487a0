import { once } from 'node:events';
import { connectRedis } from '@lookout/redis-link';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detectionFeedConformance } from './detection-feed.conformance.ts';
import { FeedRecorder, MemberRecorder, resultOf } from './feed-recorder.ts';
import { FEED_KEY, FEED_LENGTH } from './feed-stream.ts';
import { RedisDetectionFeed } from './redis-detection-feed.ts';

async function connected(server: TestRedis): Promise<Redis> {
  const redis = connectRedis(server.url, { name: 'feed-test', commandTimeoutMs: 10_000 });
  await once(redis, 'ready');
  return redis;
}

detectionFeedConformance('RedisDetectionFeed', async () => {
  const server = await startRedis();
  const redis = await connected(server);
  return {
    feed: new RedisDetectionFeed(redis),
    lose: () => server.kill(),
    find: () => server.restart(),
    async close() {
      redis.disconnect();
      await server.stop();
    },
  };
});

describe('RedisDetectionFeed', () => {
  let server: TestRedis;
  let redis: Redis;
  let feed: RedisDetectionFeed;
  let follower: FeedRecorder;
  let stop: () => Promise<void>;
  beforeEach(async () => {
    server = await startRedis();
    redis = await connected(server);
    feed = new RedisDetectionFeed(redis);
    follower = new FeedRecorder();
    stop = await feed.follow(follower);
  });
  afterEach(async () => {
    await stop();
    redis.disconnect();
    await server.stop();
  });

  it.each(['{}', 'not JSON', '{"kind":"result","result":{},"ages":{}}'])(
    'skips what is not an entry: %s',
    async (words) => {
      await redis.xadd(FEED_KEY, '*', 'entry', words);
      await redis.xadd(FEED_KEY, '*', 'other', words);
      await feed.publish(resultOf(1));
      await expect.poll(() => follower.sequences).toEqual([1]);
      expect(follower.states).toEqual(['following']);
    },
  );

  it('goes on when the stream is emptied', async () => {
    await feed.publish(resultOf(1));
    await expect.poll(() => follower.sequences).toEqual([1]);
    await redis.flushall();
    await feed.publish(resultOf(2));
    await expect.poll(() => follower.sequences).toEqual([1, 2]);
  });

  it('misses nothing when a stream begins anew within a millisecond', async () => {
    await feed.publish(resultOf(0));
    const rounds = 20;
    for (let round = 0; round < rounds; round += 1) {
      await expect.poll(() => redis.info('clients')).toContain('blocked_clients:1');
      // Sent in one go: entries of two streams, most of them with ids of one millisecond.
      await Promise.all([
        feed.publish(resultOf(2 * round + 1)),
        redis.flushall(),
        feed.publish(resultOf(2 * round + 2)),
      ]);
      await expect.poll(() => follower.sequences.at(-1)).toBe(2 * round + 2);
    }
    expect(follower.sequences).toEqual(Array.from({ length: 2 * rounds + 1 }, (_, i) => i));
  });

  it('misses nothing when the ids of a new stream begin lower', async () => {
    await feed.publish(resultOf(1));
    await expect.poll(() => follower.sequences).toEqual([1]);
    await redis.flushall();
    for (const sequence of [2, 3]) {
      const id = `5-${String(sequence)}`;
      await redis.xadd(FEED_KEY, id, 'entry', JSON.stringify(resultOf(sequence)));
    }
    await expect.poll(() => follower.sequences).toEqual([1, 2, 3]);
    await redis.xadd(FEED_KEY, '5-4', 'entry', JSON.stringify(resultOf(4)));
    await expect.poll(() => follower.sequences).toEqual([1, 2, 3, 4]);
  });

  it('waits without asking much when there is nothing to read', async () => {
    await feed.publish(resultOf(1));
    await expect.poll(() => follower.sequences).toEqual([1]);
    await redis.flushall();
    const asked = async () =>
      Number(/total_commands_processed:(\d+)/.exec(await redis.info('stats'))?.[1]);
    const before = await asked();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await asked()) - before).toBeLessThan(10);
  });

  it('keeps the stream short', async () => {
    for (let i = 0; i < 60; i += 1) {
      const batch = Array.from({ length: 100 }, (_, j) => feed.publish(resultOf(100 * i + j)));
      await Promise.all(batch);
    }
    expect(await redis.xlen(FEED_KEY)).toBeLessThan(FEED_LENGTH + 200);
    await expect.poll(() => follower.sequences.at(-1)).toBe(5999);
  });

  it('sheds what is old, however little there is', async () => {
    for (let number = 1; number <= 300; number += 1) {
      await redis.xadd(FEED_KEY, `5-${String(number)}`, 'entry', JSON.stringify(resultOf(number)));
    }
    await feed.publish(resultOf(301));
    expect(await redis.xlen(FEED_KEY)).toBeLessThan(150);
    await expect.poll(() => follower.sequences.at(-1)).toBe(301);
  });

  it('tells a member of a stream that was emptied while it waited', async () => {
    const member = new MemberRecorder();
    const membership = await feed.join('events', member);
    await feed.publish(resultOf(1));
    await expect.poll(() => member.sequences).toEqual([1]);
    await redis.flushall();
    await expect.poll(() => member.losses).toBe(1);
    await feed.publish(resultOf(2));
    await expect.poll(() => member.sequences).toEqual([1, 2]);
    // It was never away.
    expect(member.states).toEqual(['following']);
    await membership.leave();
  });

  it.each([0, 1])(
    'forgets what was shed before it was acknowledged, with %i left in the stream',
    async (left) => {
      const first = new MemberRecorder();
      const one = await feed.join('events', first);
      const many = Array.from({ length: 2500 }, (_, sequence) => sequence);
      await Promise.all(many.map((sequence) => feed.publish(resultOf(sequence))));
      await expect.poll(() => first.ids.length).toBe(many.length);
      await one.leave();
      await redis.xtrim(FEED_KEY, 'MAXLEN', left);
      const second = new MemberRecorder();
      const two = await feed.join('events', second);
      expect((await redis.xpending(FEED_KEY, 'events'))[0]).toBe(left);
      await expect.poll(() => second.sequences).toEqual(many.slice(many.length - left));
      await two.leave();
    },
  );

  it('forgets what was shed when the connection comes back', async () => {
    const member = new MemberRecorder();
    const membership = await feed.join('events', member);
    await feed.publish(resultOf(1));
    await expect.poll(() => member.sequences).toEqual([1]);
    await redis.xtrim(FEED_KEY, 'MAXLEN', 0);
    expect((await redis.xpending(FEED_KEY, 'events'))[0]).toBe(1);
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await expect.poll(async () => (await redis.xpending(FEED_KEY, 'events'))[0]).toBe(0);
    await membership.leave();
  });

  it('acknowledges more at once than a call can have arguments', async () => {
    const membership = await feed.join('events', new MemberRecorder());
    const ids = Array.from({ length: 200_000 }, (_, number) => `5-${String(number)}`);
    await membership.acknowledge(ids);
    await membership.leave();
  });

  it('hands a member once what is read again after a lost connection', async () => {
    const member = new MemberRecorder();
    const membership = await feed.join('events', member);
    await feed.publish(resultOf(1));
    await expect.poll(() => member.sequences).toEqual([1]);
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await expect.poll(() => member.states).toEqual(['following', 'away', 'following']);
    await feed.publish(resultOf(2));
    await expect.poll(() => member.sequences).toEqual([1, 2]);
    expect(member.losses).toBe(0);
    await membership.leave();
  });

  it('takes results though the memory of Redis is full', async () => {
    await redis.config('SET', 'maxmemory', '1');
    await expect(redis.set('other', 'x')).rejects.toThrow('OOM');
    await feed.publish(resultOf(1));
    await expect.poll(() => follower.sequences).toEqual([1]);
  });

  it('notices a server that is silent, and finds it again', async () => {
    const pid = server.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    try {
      await expect.poll(() => follower.states).toEqual(['following', 'away']);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await expect.poll(() => follower.states.at(-1)).toBe('following');
  });

  it('closes the connection that it made', async () => {
    const connections = async () =>
      String(await redis.client('LIST'))
        .trim()
        .split('\n').length;
    expect(await connections()).toBe(2);
    await stop();
    await expect.poll(connections).toBe(1);
  });
});
