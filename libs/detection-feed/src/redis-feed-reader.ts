import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { FeedFollower } from './detection-feed.ts';
import { decodeEntry } from './feed-entry.ts';
import { isBefore, newestId, readAfter, type StreamEntry, STREAM_START } from './feed-stream.ts';

/** How long a reading waits for entries, and so how late a stream that began anew may be noticed. */
export const BLOCK_MS = 1000;

/** Rest after Redis answered with an error, for example while it loads its data. */
const REST_MS = 250;

/** Reads the stream for one follower, on a connection that it has to itself and closes. */
export class RedisFeedReader {
  readonly #redis: Redis;
  readonly #follower: FeedFollower;
  readonly #stopping = new AbortController();
  #state: 'following' | 'away' | undefined;
  /** Of the last entry handed over; `undefined` until the stream was first seen. */
  #position: string | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(redis: Redis, follower: FeedFollower) {
    this.#redis = redis;
    this.#follower = follower;
    // Its troubles show as the state of the feed.
    redis.on('error', () => undefined);
  }

  /** Resolves when the follower has its first state; what is published from then on reaches it. */
  async start(): Promise<void> {
    if (this.#redis.status !== 'ready') await this.#event('ready', 'close');
    try {
      await this.#find();
    } catch {
      this.#become('away');
    }
    this.#reading = this.#readOn();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#redis.disconnect();
    await this.#reading;
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #readOn(): Promise<void> {
    while (!this.#stopped) this.#handOver(await this.#next());
  }

  #handOver(entries: readonly StreamEntry[]): void {
    for (const { id, json } of entries) {
      if (this.#stopped) return;
      this.#position = id;
      const entry = json === undefined ? null : decodeEntry(json);
      if (entry !== null) this.#follower.entry(entry);
    }
  }

  async #next(): Promise<StreamEntry[]> {
    try {
      return await readAfter(this.#redis, await this.#find(), BLOCK_MS);
    } catch {
      this.#become('away');
      if (this.#redis.status !== 'ready') await this.#event('ready');
      else
        await delay(REST_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      return [];
    }
  }

  /** Where to read on. */
  async #find(): Promise<string> {
    const newest = await newestId(this.#redis);
    this.#position ??= newest;
    // Redis lost its memory, and its clock went back since: all that is there now is new.
    if (isBefore(newest, this.#position)) this.#position = STREAM_START;
    this.#become('following');
    return this.#position;
  }

  #become(state: 'following' | 'away'): void {
    if (state === this.#state || this.#stopped) return;
    this.#state = state;
    this.#follower.state(state);
  }

  /** Resolves at the connection's first event of these names, or when the reading is stopped. */
  #event(...names: ('ready' | 'close')[]): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      const done = () => {
        for (const name of names) this.#redis.off(name, done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      for (const name of names) this.#redis.on(name, done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }
}
