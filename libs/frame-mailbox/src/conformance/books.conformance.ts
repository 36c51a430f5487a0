import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WORKER_ALIVE_MS } from '../worker-roster.ts';
import { camera, frame, longLease, presence } from './frames.ts';
import { balanced, type MailboxHarness } from './mailbox-harness.ts';

/** What is counted when. */
export function booksConformance(open: () => Promise<MailboxHarness>): void {
  describe('books', () => {
    let h: MailboxHarness;
    beforeEach(async () => {
      h = await open();
    });
    afterEach(() => h.close());

    const taken = async (lease = longLease) => {
      const one = await h.taker.take(lease);
      if (one === null) throw new Error('there was nothing to take');
      return one;
    };

    it('begin at zero and follow a frame to its end', async () => {
      await h.mailbox.register(camera('gate'));
      const zero = { delivered: 0, overwritten: 0, expired: 0, waiting: 0, processing: 0 };
      const ends = { detected: 0, failed: 0, abandoned: 0 };
      const first = await balanced(h.mailbox, 'gate');
      expect(first).toEqual({ id: first.id, offered: 0, ...zero, ...ends });
      await h.mailbox.publish(frame('gate', 0));
      expect(await balanced(h.taker, 'gate')).toMatchObject({ offered: 1, waiting: 1 });
      const one = await taken();
      expect(await balanced(h.taker, 'gate')).toMatchObject({ waiting: 0, processing: 1 });
      expect(await h.taker.settle(one.ticket, 'detected')).toBe('settled');
      await h.mailbox.publish(frame('gate', 1));
      const two = await taken();
      expect(await h.taker.settle(two.ticket, 'failed')).toBe('settled');
      const last = { offered: 2, delivered: 2, detected: 1, failed: 1, processing: 0 };
      expect(await balanced(h.mailbox, 'gate')).toEqual({ ...first, ...last });
    });

    it('count one end of a frame only', async () => {
      await h.mailbox.register(camera('gate'));
      await h.mailbox.publish(frame('gate', 0));
      const { ticket } = await taken();
      const ends = await Promise.all([
        h.taker.settle(ticket, 'detected'),
        h.mailbox.settle(ticket, 'failed'),
        h.taker.settle(ticket, 'detected'),
      ]);
      expect(ends.sort()).toEqual(['late', 'late', 'settled']);
      expect(await h.taker.settle({ ...ticket, id: 'forged' }, 'detected')).toBe('late');
      expect(await h.taker.settle({ ...ticket, cameraId: 'nowhere' }, 'detected')).toBe('late');
      const { detected, failed } = await balanced(h.mailbox, 'gate');
      expect(detected + failed).toBe(1);
      expect(await h.mailbox.books('nowhere', 'detector')).toBeNull();
      expect(await h.mailbox.books('gate', 'nobody')).toBeNull();
    });

    it.each(['books', 'publish', 'take'] as const)(
      'count a frame that vanished by age when %s looks next',
      async (look) => {
        await h.mailbox.register(camera('gate', { expiryMs: 30.5 }));
        await h.mailbox.publish(frame('gate', 0));
        await h.pass(60);
        await h.mailbox.register(camera('gate'));
        if (look === 'publish') await h.mailbox.publish(frame('gate', 1));
        if (look === 'take') expect(await h.taker.take(longLease)).toBeNull();
        const published = look === 'publish' ? 1 : 0;
        expect(await balanced(h.mailbox, 'gate')).toMatchObject({
          offered: 1 + published,
          expired: 1,
          overwritten: 0,
          waiting: published,
        });
      },
    );

    it('do not count a taken frame as expired', async () => {
      await h.mailbox.register(camera('gate', { expiryMs: 2000 }));
      await h.mailbox.publish(frame('gate', 0));
      const { ticket } = await taken();
      await h.pass(2050);
      expect(await h.taker.settle(ticket, 'failed')).toBe('late');
      const books = await balanced(h.mailbox, 'gate');
      expect(books).toMatchObject({ expired: 0, abandoned: 1 });
    });

    it('abandon what is held beyond its deadline, though the worker lives', async () => {
      await h.mailbox.register(camera('gate'));
      await h.mailbox.publish(frame('gate', 0));
      await h.roster.beat(presence('w1'));
      const { ticket } = await taken({ ...longLease, deadlineMs: 20.5 });
      await h.pass(50);
      expect(await h.taker.settle(ticket, 'detected')).toBe('late');
      expect(await balanced(h.mailbox, 'gate')).toMatchObject({ abandoned: 1, detected: 0 });
    });

    it('abandon what a worker holds that stopped beating, and nothing of one that beats', async () => {
      await h.mailbox.register(camera('gate'));
      const held = [];
      for (const worker of ['dead', 'alive']) {
        await h.roster.beat(presence(worker));
        await h.mailbox.publish(frame('gate', held.length));
        held.push(await taken({ ...longLease, worker }));
      }
      expect(await balanced(h.mailbox, 'gate')).toMatchObject({ processing: 2, abandoned: 0 });
      for (let gone = 0; gone <= WORKER_ALIVE_MS; gone += 200) {
        await h.pass(200);
        await h.roster.beat(presence('alive'));
      }
      expect(await balanced(h.mailbox, 'gate')).toMatchObject({ processing: 1, abandoned: 1 });
      const ends = [];
      for (const { ticket } of held) ends.push(await h.taker.settle(ticket, 'detected'));
      expect(ends).toEqual(['late', 'settled']);
    });

    it('take a take for a sign of life', async () => {
      await h.mailbox.register(camera('gate'));
      await h.mailbox.publish(frame('gate', 0));
      const { ticket } = await taken({ ...longLease, worker: 'not-on-the-roster-yet' });
      expect(await balanced(h.mailbox, 'gate')).toMatchObject({ processing: 1, abandoned: 0 });
      expect(await h.taker.settle(ticket, 'detected')).toBe('settled');
    });
  });
}
