// Healthy is a worker that beats: it has its model, and Redis knows of it.
import { hostname } from 'node:os';
import { Redis } from 'ioredis';

const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 1, connectTimeout: 2000 });
redis.on('error', () => undefined);
try {
  const ids = await redis.smembers('lookout:workers');
  const keys = ids.map((id) => `lookout:worker:${id}`);
  const beats = keys.length === 0 ? [] : await redis.mget(keys);
  const here = beats.some((beat) => beat !== null && JSON.parse(beat).host === hostname());
  process.exitCode = here ? 0 : 1;
} catch {
  process.exitCode = 1;
} finally {
  redis.disconnect();
}
