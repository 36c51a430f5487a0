import { once } from 'node:events';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectRedis } from './redis-link.ts';
import { isReplyError, RedisScript } from './redis-script.ts';

describe('connectRedis', () => {
  let server: TestRedis;
  let redis: Redis;
  let errors: string[];
  beforeEach(async () => {
    server = await startRedis();
    errors = [];
    redis = connectRedis(server.url, { name: 'link-test', commandTimeoutMs: 2000 }, (error) => {
      errors.push(error.message);
    });
    await once(redis, 'ready');
  });
  afterEach(async () => {
    redis.disconnect();
    await server.stop();
  });

  const answers = () =>
    redis.ping().then(
      () => true,
      () => false,
    );

  it('fails fast while Redis is away, and recovers by itself', async () => {
    expect(await redis.set('a', '1')).toBe('OK');
    expect(String(await redis.client('LIST'))).toContain('name=link-test');
    await server.kill();
    await expect.poll(answers).toBe(false);
    const since = performance.now();
    for (let i = 0; i < 20; i += 1) await expect(redis.get('a')).rejects.toThrow();
    // Twenty commands that each waited for their time-out would take 40 s.
    expect(performance.now() - since).toBeLessThan(20_000);
    await server.restart();
    await expect.poll(answers).toBe(true);
    expect(await redis.get('a')).toBeNull();
  });

  it('does not send again what had no answer', async () => {
    process.kill(server.pid ?? 0, 'SIGSTOP');
    const lost = expect(redis.incr('counter')).rejects.toThrow();
    await server.kill();
    await lost;
    await expect(redis.incr('counter')).rejects.toThrow();
    await server.restart();
    await expect.poll(answers).toBe(true);
    expect(await redis.get('counter')).toBeNull();
  });

  it('gives up on a silent server, drops what waits for it, and finds it again', async () => {
    const pid = server.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    try {
      await expect(redis.get('a')).rejects.toThrow('timed out');
      const waiting = expect(redis.get('a')).rejects.toThrow();
      await expect.poll(() => redis.status).not.toBe('ready');
      await waiting;
      await expect(redis.get('a')).rejects.toThrow('writeable');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await expect.poll(answers).toBe(true);
  });

  it('reports an error once while its words stay the same', async () => {
    await server.kill();
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    let attempts = 0;
    redis.on('reconnecting', () => (attempts += 1));
    await expect.poll(() => attempts).toBeGreaterThan(3);
    expect(errors.filter((words) => words.includes('ECONNREFUSED'))).toHaveLength(1);
  });
});

describe('RedisScript', () => {
  it('runs by its hash, is sent again when Redis has forgotten it, and passes bytes', async () => {
    const server = await startRedis();
    const redis = connectRedis(server.url, { name: 'script-test' });
    await once(redis, 'ready');
    const script = new RedisScript('#!lua\nreturn { ARGV[1], #ARGV[1], ARGV[2] + 1 }');
    const bytes = Buffer.from([0, 255, 13, 10, 128]);
    expect(await script.run(redis, bytes, 41)).toEqual([bytes, 5, 42]);
    await redis.script('FLUSH');
    expect(await script.run(redis, bytes, 41)).toEqual([bytes, 5, 42]);
    expect(await redis.info('commandstats')).toMatch(/cmdstat_evalsha:calls=2/);
    const wrong = new RedisScript("#!lua\nreturn redis.error_reply('WRONG so')").run(redis);
    await expect(wrong).rejects.toSatisfy(isReplyError);
    redis.disconnect();
    await server.stop();
  });
});
