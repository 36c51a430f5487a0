import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailboxUnavailable } from '../frame-mailbox.ts';
import { WORKER_ALIVE_MS } from '../worker-roster.ts';
import { presence } from './frames.ts';
import { type MailboxHarness } from './mailbox-harness.ts';

/** What every adapter of `WorkerRoster` must do. */
export function workerRosterConformance(name: string, open: () => Promise<MailboxHarness>): void {
  describe(`${name} is a worker roster`, () => {
    let h: MailboxHarness;
    beforeEach(async () => {
      h = await open();
    });
    afterEach(() => h.close());

    const ids = async () => (await h.roster.workers()).map(({ id }) => id);

    it('lists who beats, by id, as they last told', async () => {
      expect(await h.roster.workers()).toEqual([]);
      await h.roster.beat(presence('b'));
      await h.roster.beat(presence('a'));
      await h.roster.beat(presence('b', { rate: 4.9, inferenceMs: 61.25 }));
      expect(await h.roster.workers()).toEqual([
        presence('a'),
        presence('b', { rate: 4.9, inferenceMs: 61.25 }),
      ]);
    });

    it('forgets who leaves at once, and who falls silent after a while', async () => {
      for (const id of ['left', 'silent', 'alive']) await h.roster.beat(presence(id));
      await h.roster.leave('left');
      await h.roster.leave('never-there');
      expect(await ids()).toEqual(['alive', 'silent']);
      for (let gone = 0; gone <= WORKER_ALIVE_MS; gone += 200) {
        await h.pass(200);
        await h.roster.beat(presence('alive'));
      }
      expect(await ids()).toEqual(['alive']);
    });

    it('fails while the engine is away, and begins anew after', async () => {
      await h.roster.beat(presence('a'));
      await h.lose();
      const calls = await Promise.allSettled([
        h.roster.beat(presence('a')),
        h.roster.leave('a'),
        h.roster.workers(),
      ]);
      for (const call of calls) {
        expect(call).toMatchObject({ reason: expect.any(MailboxUnavailable) as unknown });
      }
      await h.find();
      await expect.poll(() => ids().catch(() => null)).toEqual([]);
      await h.roster.beat(presence('a'));
      expect(await ids()).toEqual(['a']);
    });
  });
}
