import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startRedis } from './redis-server.ts';

function ask(url: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(`${command}\r\n`));
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().trim());
    });
  });
}

it('answers at one address, loses its memory in a restart, and is gone when stopped', async () => {
  const redis = await startRedis({ maxMemoryBytes: 50_000_000 });
  expect(await ask(redis.url, 'SET a 1')).toBe('+OK');
  expect(await ask(redis.url, 'CONFIG GET maxmemory-policy')).toContain('noeviction');
  const first = redis.pid;
  await redis.restart();
  expect(redis.pid).not.toBe(first);
  expect(await ask(redis.url, 'EXISTS a')).toBe(':0');
  await redis.kill();
  expect(redis.pid).toBeUndefined();
  await expect(ask(redis.url, 'PING')).rejects.toThrow('ECONNREFUSED');
  await redis.stop();
});

it('reports what redis-server says when it does not come up', async () => {
  await expect(startRedis({ settings: { maxmemory: 'much' } })).rejects.toThrow(
    /redis-server ended.*maxmemory/s,
  );
});
