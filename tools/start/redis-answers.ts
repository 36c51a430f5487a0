import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from '@lookout/redis-link';

const ASK_EVERY_MS = 50;
const TELL_EVERY_MS = 10_000;

/**
 * Waits until Redis answers; tells now and then that it waits, without the address' password.
 * @throws when `signal` fires
 */
export async function waitForRedis(
  url: string,
  signal: AbortSignal,
  say: (line: string) => void = () => undefined,
): Promise<void> {
  let reason = 'no answer';
  const redis = connectRedis(url, { name: 'lookout-supervisor' }, (error) => {
    reason = error.message;
  });
  let told = performance.now();
  try {
    while (!(await answers(() => redis.ping()))) {
      if (performance.now() - told > TELL_EVERY_MS) {
        say(`waiting for Redis at ${new URL(url).host} (${reason})`);
        told = performance.now();
      }
      await sleep(ASK_EVERY_MS, undefined, { signal });
    }
  } finally {
    redis.disconnect();
  }
}

async function answers(ping: () => Promise<unknown>): Promise<boolean> {
  try {
    await ping();
    return true;
  } catch {
    return false;
  }
}
