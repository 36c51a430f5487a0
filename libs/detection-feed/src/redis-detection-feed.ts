import type { Redis } from 'ioredis';
import {
  type DetectionFeed,
  type FeedEntry,
  type FeedFollower,
  type FeedMember,
  type FeedMembership,
  FeedUnavailable,
} from './detection-feed.ts';
import { encodeEntry } from './feed-entry.ts';
import { acknowledge, addToStream } from './feed-stream.ts';
import { RedisFeedReader } from './redis-feed-reader.ts';
import { BLOCK_MS, GroupSource, type StreamSource, TailSource } from './stream-source.ts';

/** The feed in a capped Redis stream. See `docs/design/mailbox.md`. */
export class RedisDetectionFeed implements DetectionFeed {
  readonly #redis: Redis;

  /**
   * @param redis - made by `connectRedis`, which may serve others too; each follower and member
   *   waits on a copy of it, made here and closed when it stops
   */
  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async publish(entry: FeedEntry): Promise<void> {
    try {
      await addToStream(this.#redis, encodeEntry(entry));
    } catch (error) {
      throw unavailable('the entry was not published', error);
    }
  }

  async follow(follower: FeedFollower): Promise<() => Promise<void>> {
    const reader = await this.#read(new TailSource(follower));
    return () => reader.stop();
  }

  async join(group: string, member: FeedMember): Promise<FeedMembership> {
    const reader = await this.#read(new GroupSource(group, member));
    return {
      acknowledge: async (ids) => {
        try {
          await acknowledge(this.#redis, group, ids);
        } catch (error) {
          throw unavailable('the entries were not acknowledged', error);
        }
      },
      leave: () => reader.stop(),
    };
  }

  async #read(source: StreamSource): Promise<RedisFeedReader> {
    // A blocking read has no answer for a while; a server that is silent for longer is gone.
    const silence = { commandTimeout: undefined, socketTimeout: BLOCK_MS + 1000 };
    const reader = new RedisFeedReader(this.#redis.duplicate(silence), source);
    await reader.start();
    return reader;
  }
}

function unavailable(what: string, error: unknown): FeedUnavailable {
  const why = error instanceof Error ? error.message : String(error);
  return new FeedUnavailable(`${what}: ${why}`, { cause: error });
}
