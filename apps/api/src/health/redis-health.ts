import type { System } from '@lookout/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '../tokens.ts';

/** How Redis is doing, in its own words. */
@Injectable()
export class RedisHealth {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  async read(): Promise<System['redis']> {
    try {
      const [server, memory] = await Promise.all([
        this.redis.info('server'),
        this.redis.info('memory'),
      ]);
      const used = field(memory, 'used_memory');
      return {
        state: 'connected',
        version: field(server, 'redis_version'),
        usedMemoryBytes: used === null ? null : Number(used),
        reason: null,
      };
    } catch {
      const reason = 'Redis does not answer.';
      return { state: 'away', version: null, usedMemoryBytes: null, reason };
    }
  }
}

function field(info: string, name: string): string | null {
  const line = info.split('\r\n').find((candidate) => candidate.startsWith(`${name}:`));
  return line?.slice(name.length + 1) ?? null;
}
