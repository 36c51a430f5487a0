import type { Redis } from 'ioredis';
import {
  type DetectionFeed,
  type FeedEntry,
  type FeedFollower,
  FeedUnavailable,
} from './detection-feed.ts';
import { encodeEntry } from './feed-entry.ts';
import { addToStream } from './feed-stream.ts';
import { BLOCK_MS, RedisFeedReader } from './redis-feed-reader.ts';

/** The feed in a capped Redis stream. See `docs/design/mailbox.md`. */
export class RedisDetectionFeed implements DetectionFeed {
  readonly #redis: Redis;

  /**
   * @param redis - made by `connectRedis`, which may serve others too; each follower waits on a copy
   *   of it, made here and closed when the following stops
   */
  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async publish(entry: FeedEntry): Promise<void> {
    try {
      await addToStream(this.#redis, encodeEntry(entry));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new FeedUnavailable(`the entry was not published: ${why}`, { cause: error });
    }
  }

  async follow(follower: FeedFollower): Promise<() => Promise<void>> {
    // A blocking read has no answer for a while; a server that is silent for longer is gone.
    const silence = { commandTimeout: undefined, socketTimeout: BLOCK_MS + 1000 };
    const reader = new RedisFeedReader(this.#redis.duplicate(silence), follower);
    await reader.start();
    return () => reader.stop();
  }
}
