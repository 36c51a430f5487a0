import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { StreamEntry } from './feed-stream.ts';
import type { StreamSource } from './stream-source.ts';

/** Rest after Redis answered with an error, for example while it loads its data. */
const REST_MS = 250;

/** Reads the stream from one source on, on a connection that it has to itself and closes. */
export class RedisFeedReader {
  readonly #redis: Redis;
  readonly #source: StreamSource;
  readonly #stopping = new AbortController();
  #state: 'following' | 'away' | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(redis: Redis, source: StreamSource) {
    this.#redis = redis;
    this.#source = source;
    // Its troubles show as the state of the feed.
    redis.on('error', () => undefined);
  }

  /** Resolves when the source has its first state; what is published from then on is read. */
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
    if (!this.#stopped) this.#source.handOver(entries);
  }

  async #next(): Promise<StreamEntry[]> {
    try {
      await this.#find();
      return await this.#source.read(this.#redis);
    } catch {
      this.#source.lost();
      this.#become('away');
      if (this.#redis.status !== 'ready') await this.#event('ready');
      else
        await delay(REST_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      return [];
    }
  }

  async #find(): Promise<void> {
    await this.#source.find(this.#redis);
    this.#become('following');
  }

  #become(state: 'following' | 'away'): void {
    if (state === this.#state || this.#stopped) return;
    this.#state = state;
    this.#source.state(state);
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
