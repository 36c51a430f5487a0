import { readFileSync } from 'node:fs';
import { connectRedis } from '@lookout/redis-link';
import { expect, onTestFinished, test, vi } from 'vitest';
import { waitForRedis } from './redis-answers.ts';
import { ownRedis } from './redis-child.ts';
import { Supervisor } from './supervisor.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };

test('a Redis of our own: private, without persistence, and the same after a crash', async () => {
  const { url, spec } = await ownRedis();
  const lines: string[] = [];
  const supervisor = new Supervisor({ redis: spec, workers: [] }, (_, line) => lines.push(line));
  onTestFinished(() => supervisor.stop());
  const never = new AbortController();
  await supervisor.start(() => waitForRedis(url, never.signal));
  const redis = connectRedis(url, { name: 'test' });
  onTestFinished(() => {
    redis.disconnect();
  });
  await expect.poll(() => redis.ping()).toBe('PONG');
  const setting = (name: string) => redis.config('GET', name);
  expect(await setting('maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  expect(await setting('save')).toEqual(['save', '']);
  expect(await setting('appendonly')).toEqual(['appendonly', 'no']);
  expect(await setting('bind')).toEqual(['bind', '127.0.0.1']);

  const info = await redis.info('server');
  const pid = Number(/process_id:(\d+)/.exec(info)?.[1]);
  const { password, host } = new URL(url);
  expect(readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')).not.toContain(password);
  const refusals: string[] = [];
  const stranger = connectRedis(`redis://${host}`, { name: 'stranger' }, ({ message }) =>
    refusals.push(message),
  );
  onTestFinished(() => {
    stranger.disconnect();
  });
  await vi.waitFor(() => {
    expect(refusals.join()).toContain('NOAUTH');
  }, PATIENCE);

  process.kill(pid, 'SIGKILL');
  await vi.waitFor(async () => {
    expect(await redis.info('server')).not.toContain(`process_id:${String(pid)}\r`);
  }, PATIENCE);
  expect(lines.join('\n')).not.toContain('overcommit');
});
