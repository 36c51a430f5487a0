import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { connectRedis } from '@lookout/redis-link';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import type { Redis } from 'ioredis';
import { RedisFrameMailbox } from '../redis-frame-mailbox.ts';
import { RedisWorkerRoster } from '../redis-worker-roster.ts';
import type { MailboxHarness } from './mailbox-harness.ts';

/** A mailbox in a real Redis, with the connections that two processes would have. */
export interface RedisHarness extends MailboxHarness {
  readonly server: TestRedis;
  /** The publisher's connection. */
  readonly redis: Redis;
}

/** Starts a Redis and opens a mailbox in it. */
export async function openRedis(): Promise<RedisHarness> {
  const server = await startRedis();
  const [redis, other] = [await connected(server, 'publisher'), await connected(server, 'taker')];
  return {
    server,
    redis,
    mailbox: new RedisFrameMailbox(redis),
    taker: new RedisFrameMailbox(other),
    roster: new RedisWorkerRoster(other),
    // Redis counts whole ms of its own.
    pass: (ms) => delay(ms + 2),
    lose: () => server.kill(),
    find: () => server.restart(),
    async fill(full) {
      await redis.config('SET', 'maxmemory', full ? '1' : '0');
    },
    async close() {
      redis.disconnect();
      other.disconnect();
      await server.stop();
    },
  };
}

async function connected(server: TestRedis, name: string): Promise<Redis> {
  const redis = connectRedis(server.url, { name, commandTimeoutMs: 5000 });
  await once(redis, 'ready');
  return redis;
}
