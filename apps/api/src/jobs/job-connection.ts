import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';

/** Longer than BullMQ's blocking commands wait, which are up to 10 s. */
const SILENCE_MS = 30_000;

/**
 * Opens a connection as BullMQ needs it: its commands wait for Redis rather than fail, since a
 * queue or worker whose first commands fail never begins. Callers ask for `status` first, so that
 * few commands wait. It reconnects by itself, at most two seconds apart.
 */
export function connectForJobs(url: string): Redis {
  const log = new Logger('Jobs');
  const redis = new Redis(url, {
    connectionName: 'lookout-jobs',
    maxRetriesPerRequest: null,
    connectTimeout: 1000,
    socketTimeout: SILENCE_MS,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 6), 2000),
  });
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) log.warn(`Redis is away, jobs wait: ${error.message || 'no answer'}`);
    away = true;
  });
  redis.on('ready', () => {
    away = false;
  });
  return redis;
}
