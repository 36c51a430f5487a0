import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { CLOCK, REDIS } from '../tokens.ts';
import type { SystemFacts } from './diagnosis/facts.ts';

const ASKED = 3;

/** How Redis answers the api, and what it says of its memory. */
@Injectable()
export class RedisMeter {
  #evicted: number | null = null;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(): Promise<SystemFacts['redis']> {
    try {
      const times: number[] = [];
      for (let asked = 0; asked < ASKED; asked += 1) times.push(await this.#roundTrip());
      const memory = fieldsOf(await this.redis.info('memory'));
      const stats = fieldsOf(await this.redis.info('stats'));
      const limit = memory('maxmemory');
      return {
        answers: true,
        roundTripMs: times.toSorted((one, other) => one - other)[Math.floor(ASKED / 2)] ?? null,
        usedBytes: memory('used_memory'),
        limitBytes: limit === 0 ? null : limit,
        evicted: this.#evictedSince(stats('evicted_keys')),
      };
    } catch {
      return { answers: false, roundTripMs: null, usedBytes: null, limitBytes: null, evicted: 0 };
    }
  }

  async #roundTrip(): Promise<number> {
    const from = this.clock.monotonic();
    await this.redis.ping();
    return this.clock.monotonic() - from;
  }

  #evictedSince(count: number | null): number {
    const before = this.#evicted ?? count ?? 0;
    this.#evicted = count;
    // Redis counts from zero again after it was started anew.
    return Math.max(0, (count ?? 0) - before);
  }
}

/** @returns reads one number of the answer to INFO */
function fieldsOf(info: string): (name: string) => number | null {
  const lines = new Map(
    info.split('\r\n').map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
  );
  return (name) => {
    const value = Number(lines.get(name) ?? NaN);
    return Number.isFinite(value) ? value : null;
  };
}
