import type { Redis } from 'ioredis';
import { DOORBELL_CHANNEL } from './lua/publish.ts';

/**
 * Listens to the doorbell on a connection of its own, a copy of `redis`, and goes on listening after
 * a loss.
 * @returns stops listening and closes that connection
 */
export function listenToDoorbell(redis: Redis, ring: () => void): () => void {
  const subscriber = redis.duplicate({ autoResubscribe: false });
  // Its troubles are those of `redis`, which reports them.
  subscriber.on('error', () => undefined);
  subscriber.on('message', ring);
  subscriber.on('ready', () => {
    // A loss in this moment brings the next 'ready'.
    subscriber.subscribe(DOORBELL_CHANNEL).catch(() => undefined);
  });
  return () => {
    // What is on its way already must not ring either.
    subscriber.off('message', ring);
    subscriber.disconnect();
  };
}
