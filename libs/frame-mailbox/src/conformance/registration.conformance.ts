import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailboxRefused } from '../frame-mailbox.ts';
import { camera, frame, longLease } from './frames.ts';
import { balanced, type MailboxHarness } from './mailbox-harness.ts';

/** Cameras come, change and go. */
export function registrationConformance(open: () => Promise<MailboxHarness>): void {
  describe('registration', () => {
    let h: MailboxHarness;
    beforeEach(async () => {
      h = await open();
    });
    afterEach(() => h.close());

    it('is needed before frames are taken in', async () => {
      await expect(h.mailbox.publish(frame('gate', 0))).rejects.toThrow(MailboxRefused);
      expect(await h.mailbox.books('gate', 'detector')).toBeNull();
      expect(await h.taker.take(longLease)).toBeNull();
    });

    it('goes on with the books of groups that stay, and ends those of groups that go', async () => {
      await h.mailbox.register(camera('gate', { groups: ['detector', 'archive'] }));
      await h.mailbox.publish(frame('gate', 0));
      const before = await balanced(h.mailbox, 'gate');
      await h.mailbox.register(camera('gate', { groups: ['detector', 'late'] }));
      expect(await balanced(h.mailbox, 'gate')).toEqual(before);
      expect(await h.mailbox.books('gate', 'archive')).toBeNull();
      expect(await h.taker.take({ ...longLease, group: 'archive' })).toBeNull();
      // A group that comes later begins with the next frame.
      expect(await h.taker.take({ ...longLease, group: 'late' })).toBeNull();
      await h.mailbox.publish(frame('gate', 1));
      expect(await balanced(h.mailbox, 'gate', 'late')).toMatchObject({ offered: 1, waiting: 1 });
      await h.mailbox.register(camera('gate', { groups: ['detector', 'archive'] }));
      expect(await balanced(h.mailbox, 'gate', 'archive')).toMatchObject({ offered: 0 });
    });

    it('ends with a removal, at once and for everybody', async () => {
      await h.mailbox.register(camera('gate'));
      await h.mailbox.register(camera('yard'));
      await h.mailbox.publish(frame('gate', 0));
      await h.mailbox.publish(frame('yard', 0));
      const before = await balanced(h.mailbox, 'gate');
      const held = await h.taker.take(longLease);
      await h.mailbox.publish(frame('gate', 1));
      await h.mailbox.remove('gate');
      expect((await h.taker.take(longLease))?.frame.cameraId).toBe('yard');
      expect(await h.taker.take(longLease)).toBeNull();
      expect(await h.mailbox.books('gate', 'detector')).toBeNull();
      await expect(h.mailbox.publish(frame('gate', 2))).rejects.toThrow(MailboxRefused);
      if (held !== null) expect(await h.taker.settle(held.ticket, 'detected')).toBe('late');
      await h.mailbox.remove('gate');

      await h.mailbox.register(camera('gate'));
      const after = await balanced(h.mailbox, 'gate');
      expect(after).toMatchObject({ offered: 0, delivered: 0, waiting: 0, processing: 0 });
      expect(after.id).not.toBe(before.id);
      expect(await h.mailbox.publish(frame('gate', 0))).toBe('accepted');
    });

    it('tells everybody which cameras a group has', async () => {
      expect(await h.taker.cameras('detector')).toEqual([]);
      await h.mailbox.register(camera('gate', { groups: ['detector', 'archive'] }));
      await h.mailbox.register(camera('yard'));
      expect((await h.taker.cameras('detector')).toSorted()).toEqual(['gate', 'yard']);
      expect(await h.taker.cameras('archive')).toEqual(['gate']);
      await h.mailbox.register(camera('gate'));
      await h.mailbox.remove('yard');
      expect(await h.taker.cameras('detector')).toEqual(['gate']);
      expect(await h.taker.cameras('archive')).toEqual([]);
    });

    it('can be ended by another than made it', async () => {
      await h.mailbox.register(camera('gate'));
      await h.mailbox.publish(frame('gate', 0));
      await h.taker.remove('gate');
      expect(await h.taker.cameras('detector')).toEqual([]);
      expect(await h.taker.books('gate', 'detector')).toBeNull();
    });

    it('has books of its own for each camera and group', async () => {
      const groups = ['detector', 'archive'];
      await h.mailbox.register(camera('gate', { groups }));
      await h.mailbox.register(camera('yard', { groups }));
      const ids = [];
      for (const id of ['gate', 'yard']) {
        for (const group of groups) ids.push((await balanced(h.mailbox, id, group)).id);
      }
      expect(new Set(ids).size).toBe(4);
    });
  });
}
