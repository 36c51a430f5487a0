import { type WorkerPresence, workerPresenceSchema } from '@lookout/contracts';
import type { Redis } from 'ioredis';
import { beatScript, leaveScript, workersScript } from './lua/roster.ts';
import { parts, reply, text } from './redis-reply.ts';
import { WORKER_ALIVE_MS, type WorkerRoster } from './worker-roster.ts';

/** A roster in Redis: one key per worker, which expires when its beats stop. */
export class RedisWorkerRoster implements WorkerRoster {
  readonly #redis: Redis;

  /** @param redis - made by `connectRedis`, which may serve others too */
  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async beat(worker: WorkerPresence): Promise<void> {
    await reply(beatScript.run(this.#redis, worker.id, JSON.stringify(worker), WORKER_ALIVE_MS));
  }

  async leave(workerId: string): Promise<void> {
    await reply(leaveScript.run(this.#redis, workerId));
  }

  async workers(): Promise<WorkerPresence[]> {
    const found = parts(await reply(workersScript.run(this.#redis))).flatMap(presences);
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** None when another version of the worker wrote something that is not understood here. */
function presences(value: unknown): WorkerPresence[] {
  try {
    return [workerPresenceSchema.parse(JSON.parse(text(value)))];
  } catch {
    return [];
  }
}
