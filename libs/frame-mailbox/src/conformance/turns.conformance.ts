import type { DetectionSettings } from '@lookout/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { camera, frame, longLease } from './frames.ts';
import type { MailboxHarness } from './mailbox-harness.ts';

/** Whose frame is taken next. */
export function turnsConformance(open: () => Promise<MailboxHarness>): void {
  describe('turns', () => {
    let h: MailboxHarness;
    let sequence: number;
    beforeEach(async () => {
      h = await open();
      sequence = 0;
    });
    afterEach(() => h.close());

    const register = (cameraId: string, changes: Partial<DetectionSettings> = {}) =>
      h.mailbox.register(
        camera(cameraId, { detection: { ...camera(cameraId).detection, ...changes } }),
      );

    /** Takes in turn, by two workers' mailboxes, while every camera always has a newer frame. */
    const serve = async (
      cameras: readonly string[],
      turns: number,
      group = 'detector',
    ): Promise<Record<string, number>> => {
      const taken = Object.fromEntries(cameras.map((id) => [id, 0]));
      for (let turn = 0; turn < turns; turn += 1) {
        sequence += 1;
        for (const id of cameras) await h.mailbox.publish(frame(id, sequence));
        const taker = turn % 2 === 0 ? h.taker : h.mailbox;
        const one = await taker.take({ ...longLease, group, cameraIds: cameras });
        if (one === null) throw new Error('no camera had a frame');
        taken[one.frame.cameraId] = (taken[one.frame.cameraId] ?? 0) + 1;
      }
      return taken;
    };

    it('go round among equals', async () => {
      const cameras = ['a', 'b', 'c'];
      for (const id of cameras) await register(id);
      expect(await serve(cameras, 3)).toEqual({ a: 1, b: 1, c: 1 });
      expect(await serve(cameras, 30)).toEqual({ a: 10, b: 10, c: 10 });
    });

    it('go by weight, and by a new weight from the next turn on', async () => {
      const cameras = ['a', 'b', 'c'];
      for (const [index, id] of cameras.entries()) await register(id, { weight: 2 ** index });
      const taken = await serve(cameras, 70);
      expect(Math.abs((taken['a'] ?? 0) - 10)).toBeLessThanOrEqual(1);
      expect(Math.abs((taken['b'] ?? 0) - 20)).toBeLessThanOrEqual(1);
      await register('a', { weight: 10 });
      await register('c', { weight: 1 });
      const after = await serve(cameras, 65);
      expect(Math.abs((after['a'] ?? 0) - 50)).toBeLessThanOrEqual(2);
      expect(Math.abs((after['c'] ?? 0) - 5)).toBeLessThanOrEqual(2);
    });

    it('begin at the present for a camera that is new, or had no frame for long', async () => {
      await register('idle');
      await register('old');
      await serve(['idle', 'old'], 2);
      await h.taker.take({ ...longLease, cameraIds: ['idle'] });
      await serve(['old'], 20);
      await register('new');
      const taken = await serve(['idle', 'new', 'old'], 12);
      // Nobody starves, and nobody makes good what was missed: one turn at most.
      expect(taken['old']).toBeGreaterThanOrEqual(3);
      expect(taken['new']).toBeLessThanOrEqual(5);
      expect(taken['idle']).toBeLessThanOrEqual(5);
    });

    it('come first to a camera that is behind its minimum, not to one that is not', async () => {
      await register('kept', { weight: 0.1, minFps: 10 });
      await register('other', { weight: 10 });
      await serve(['kept', 'other'], 2);
      for (let round = 0; round < 5; round += 1) {
        await h.pass(100);
        expect(await serve(['kept', 'other'], 1)).toEqual({ kept: 1, other: 0 });
      }
    });

    it('are counted for each group by itself', async () => {
      const groups = ['detector', 'archive'];
      for (const id of ['a', 'b']) await h.mailbox.register(camera(id, { groups }));
      await serve(['a'], 9);
      expect(await serve(['a', 'b'], 10, 'archive')).toEqual({ a: 5, b: 5 });
    });
  });
}
