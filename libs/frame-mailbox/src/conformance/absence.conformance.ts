import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailboxRefused, MailboxUnavailable } from '../frame-mailbox.ts';
import { camera, frame, longLease, presence } from './frames.ts';
import { balanced, type MailboxHarness } from './mailbox-harness.ts';

/** The engine is lost, or full. */
export function absenceConformance(open: () => Promise<MailboxHarness>): void {
  describe('an engine that fails', () => {
    let h: MailboxHarness;
    beforeEach(async () => {
      h = await open();
    });
    afterEach(() => h.close());

    const back = async () => {
      await h.find();
      const reached = async () =>
        Promise.all([h.mailbox.cameras('detector'), h.taker.cameras('detector')]).then(
          () => true,
          () => false,
        );
      await expect.poll(reached).toBe(true);
    };

    it('fails every call while it is away', async () => {
      await h.mailbox.register(camera('gate'));
      await h.mailbox.publish(frame('gate', 0));
      const held = await h.taker.take(longLease);
      await h.lose();
      const ticket = held?.ticket ?? { id: '', cameraId: '', group: '' };
      const calls = await Promise.allSettled([
        h.mailbox.publish(frame('gate', 1)),
        h.mailbox.take(longLease),
        h.mailbox.settle(ticket, 'detected'),
        h.mailbox.books('gate', 'detector'),
        h.mailbox.register(camera('gate')),
        h.mailbox.remove('gate'),
        h.mailbox.cameras('detector'),
      ]);
      for (const call of calls) {
        expect(call).toMatchObject({ reason: expect.any(MailboxUnavailable) as unknown });
      }
    });

    it.each(['publish', 'books'] as const)(
      'begins new books at the first %s after it lost its memory',
      async (first) => {
        await h.mailbox.register(camera('gate'));
        await h.mailbox.publish(frame('gate', 7));
        const held = await h.taker.take(longLease);
        const before = await balanced(h.mailbox, 'gate');
        await h.lose();
        await back();
        if (held !== null) expect(await h.taker.settle(held.ticket, 'detected')).toBe('late');
        const offered = first === 'publish' ? 1 : 0;
        if (first === 'publish') {
          expect(await h.mailbox.publish(frame('gate', 8))).toBe('accepted');
        }
        const after = await balanced(h.mailbox, 'gate');
        expect(after.id).not.toBe(before.id);
        expect(after).toMatchObject({ offered, waiting: offered, delivered: 0, abandoned: 0 });
      },
    );

    it('learns afterwards what was registered and removed while it was away', async () => {
      await h.mailbox.register(camera('gate'));
      await h.mailbox.register(camera('old'));
      await h.lose();
      const detection = { ...camera('gate').detection, minConfidence: 0.9 };
      await expect(h.mailbox.register(camera('gate', { detection }))).rejects.toThrow();
      await expect(h.mailbox.register(camera('new'))).rejects.toThrow();
      await expect(h.mailbox.remove('old')).rejects.toThrow();
      await back();
      expect(await h.mailbox.publish(frame('gate', 0))).toBe('accepted');
      expect(await h.mailbox.publish(frame('new', 0))).toBe('accepted');
      await expect(h.mailbox.publish(frame('old', 0))).rejects.toThrow(MailboxRefused);
      expect((await h.taker.take(longLease))?.detection).toEqual(detection);
    });

    it('refuses a frame whole when its memory is full, and goes on with all else', async () => {
      await h.mailbox.register(camera('gate'));
      await h.mailbox.publish(frame('gate', 0));
      await h.mailbox.publish(frame('gate', 1));
      const before = await balanced(h.mailbox, 'gate');
      await h.fill(true);
      await expect(h.mailbox.publish(frame('gate', 2))).rejects.toThrow(MailboxRefused);
      expect(await balanced(h.mailbox, 'gate')).toEqual(before);
      await h.roster.beat(presence('w1'));
      expect((await h.roster.workers()).map(({ id }) => id)).toEqual(['w1']);
      const taken = await h.taker.take(longLease);
      expect(taken?.frame.sequence).toBe(1);
      if (taken !== null) expect(await h.taker.settle(taken.ticket, 'detected')).toBe('settled');
      await h.mailbox.register(camera('yard'));
      await h.mailbox.remove('yard');
      await h.fill(false);
      expect(await h.mailbox.publish(frame('gate', 2))).toBe('accepted');
      expect(await balanced(h.mailbox, 'gate')).toMatchObject({ offered: 3, detected: 1 });
    });
  });
}
