import type { Config } from '@lookout/config';
import { RedisDetectionFeed } from '@lookout/detection-feed';
import { RedisFrameMailbox, RedisWorkerRoster } from '@lookout/frame-mailbox';
import { connectRedis } from '@lookout/redis-link';
import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CONFIG, DETECTION_FEED, FRAME_MAILBOX, REDIS, WORKER_ROSTER } from './tokens.ts';

/** What runs outside this process and Lookout reaches through ports: for now all of it is Redis. */
@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      useFactory: ({ redisUrl = '' }: Config) => connect(redisUrl),
      inject: [CONFIG],
    },
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
  exports: [REDIS, FRAME_MAILBOX, WORKER_ROSTER, DETECTION_FEED],
})
export class EnginesModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}

function connect(url: string): Redis {
  const log = new Logger('Redis');
  return connectRedis(url, { name: 'lookout-api' }, (error) => {
    log.warn(`Redis is away: ${error.message || 'no answer'}`);
  });
}
