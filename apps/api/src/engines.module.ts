import { once } from 'node:events';
import type { Config } from '@lookout/config';
import { RedisDetectionFeed } from '@lookout/detection-feed';
import { DETECTOR_GROUP, RedisFrameMailbox, RedisWorkerRoster } from '@lookout/frame-mailbox';
import { connectRedis } from '@lookout/redis-link';
import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import {
  CONFIG,
  CONSUMERS,
  DETECTION_FEED,
  FRAME_MAILBOX,
  REDIS,
  WORKER_ROSTER,
} from './tokens.ts';

const FIRST_ANSWER_MS = 1000;

/** What runs outside this process and Lookout reaches through ports: for now all of it is Redis. */
@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      useFactory: ({ redisUrl = '' }: Config) => connect(redisUrl),
      inject: [CONFIG],
    },
    { provide: CONSUMERS, useValue: [DETECTOR_GROUP] },
    {
      provide: FRAME_MAILBOX,
      useFactory: (redis: Redis) => new RedisFrameMailbox(redis),
      inject: [REDIS],
    },
    {
      provide: WORKER_ROSTER,
      useFactory: (redis: Redis) => new RedisWorkerRoster(redis),
      inject: [REDIS],
    },
    {
      provide: DETECTION_FEED,
      useFactory: (redis: Redis) => new RedisDetectionFeed(redis),
      inject: [REDIS],
    },
  ],
  exports: [REDIS, CONSUMERS, FRAME_MAILBOX, WORKER_ROSTER, DETECTION_FEED],
})
export class EnginesModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}

/** Waits a moment for the first answer, so that a Redis which is there is not called away; no longer. */
async function connect(url: string): Promise<Redis> {
  const log = new Logger('Redis');
  const redis = connectRedis(url, { name: 'lookout-api' }, (error) => {
    log.warn(`Redis is away: ${error.message || 'no answer'}`);
  });
  await once(redis, 'ready', { signal: AbortSignal.timeout(FIRST_ANSWER_MS) }).catch(
    () => undefined,
  );
  return redis;
}
