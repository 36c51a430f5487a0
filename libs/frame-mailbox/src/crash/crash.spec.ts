import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { camera } from '../conformance/frames.ts';
import { balanced } from '../conformance/mailbox-harness.ts';
import { openRedis, type RedisHarness } from '../conformance/redis-harness.ts';

describe('a mailbox whose users are killed', { timeout: 120_000 }, () => {
  let h: RedisHarness;
  const children = new Set<ChildProcess>();
  beforeEach(async () => {
    h = await openRedis();
    await h.mailbox.register(camera('gate', { groups: ['detector', 'archive'] }));
  });
  afterEach(async () => {
    for (const child of children) await kill(child);
    await h.close();
  });

  const start = async (program: 'publisher' | 'taker', name: string): Promise<ChildProcess> => {
    const path = fileURLToPath(new URL(`./${program}.ts`, import.meta.url));
    const child = fork(path, [h.server.url, name], { execArgv: [] });
    children.add(child);
    const ended = once(child, 'exit').then(() => {
      throw new Error(`the ${program} ended by itself`);
    });
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    return child;
  };

  const kill = async (child: ChildProcess): Promise<void> => {
    children.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };

  const check = async () => {
    await balanced(h.taker, 'gate', 'archive');
    return balanced(h.taker, 'gate');
  };

  it('keeps exact books when publishers die at any moment', async () => {
    let offered = 0;
    for (let epoch = 1; epoch <= 8; epoch += 1) {
      const publisher = await start('publisher', String(epoch));
      const end = performance.now() + Math.random() * 60;
      while (performance.now() < end) await check();
      await kill(publisher);
      const books = await check();
      expect(books.offered).toBeGreaterThan(offered);
      expect(books).toMatchObject({ delivered: 0, waiting: 1, overwritten: books.offered - 1 });
      offered = books.offered;
      // Nothing half written is in the slot.
      const lease = { group: 'archive', worker: 'w', deadlineMs: 3_600_000 };
      expect((await h.taker.take(lease))?.frame.jpeg).toHaveLength(60_000);
    }
  });

  it('keeps exact books when takers die, and abandons what they held', async () => {
    await start('publisher', '1');
    for (let round = 1; round <= 5; round += 1) {
      const before = await check();
      const taker = await start('taker', `taker-${String(round)}`);
      expect((await check()).processing).toBeGreaterThan(0);
      await delay(Math.random() * 60);
      await kill(taker);
      const held = (await check()).processing;
      expect(held).toBeGreaterThan(0);
      await expect.poll(async () => (await check()).processing).toBe(0);
      const after = await check();
      expect(after.abandoned - before.abandoned).toBe(held);
      expect(after.detected + after.failed).toBeGreaterThan(before.detected + before.failed);
    }
  });
});
