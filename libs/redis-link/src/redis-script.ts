import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** What a script is given: text, numbers, or bytes as they are. */
export type ScriptArgument = string | number | Buffer;

/**
 * A Lua script, sent once and then called by its hash. It names its keys itself, so it needs a
 * single Redis (no cluster), version 7 or newer for the flags of its first line.
 */
export class RedisScript {
  readonly #source: string;
  readonly #sha: string;

  /** @param source - begins with a line like `#!lua flags=allow-oom` */
  constructor(source: string) {
    this.#source = source;
    this.#sha = createHash('sha1').update(source).digest('hex');
  }

  /**
   * Runs the script as one atomic step; its arguments are `ARGV`.
   * @returns the reply, with text as Buffer
   * @throws Error as ioredis gives it; named `ReplyError` when Redis answered with an error
   */
  async run(redis: Redis, ...values: ScriptArgument[]): Promise<unknown> {
    try {
      return await redis.callBuffer('EVALSHA', this.#sha, 0, ...values);
    } catch (error) {
      // Redis forgets scripts when it restarts; one that is not known has done nothing yet.
      if (!isReplyError(error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return await redis.callBuffer('EVAL', this.#source, 0, ...values);
    }
  }
}

/** Whether Redis was there and answered with an error, whose code is the message's first word. */
export function isReplyError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
