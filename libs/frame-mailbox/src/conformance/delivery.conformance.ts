import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Lease, ModelNotReady, type TakenFrame } from '../frame-mailbox.ts';
import { camera, frame, longLease } from './frames.ts';
import { balanced, type MailboxHarness } from './mailbox-harness.ts';

/** Who gets which frame. */
export function deliveryConformance(open: () => Promise<MailboxHarness>): void {
  describe('delivery', () => {
    let h: MailboxHarness;
    beforeEach(async () => {
      h = await open();
    });
    afterEach(() => h.close());

    const take = async (terms: Partial<Lease> = {}): Promise<TakenFrame | null> =>
      h.taker.take({ ...longLease, ...terms });

    it('hands over the newest frame byte for byte, with what is known of it', async () => {
      const changes = { model: 'x', minConfidence: 0.55, classes: ['persön'], weight: 2.5 };
      const detection = { ...camera('gate').detection, ...changes };
      await h.mailbox.register(camera('gate', { detection }));
      await h.mailbox.publish(frame('gate', 0));
      await h.mailbox.publish(frame('gate', 1));
      const taken = await take();
      const { jpeg, ...meta } = frame('gate', 1);
      expect(taken).toMatchObject({ detection, ticket: { cameraId: 'gate', group: 'detector' } });
      expect(taken?.frame).toMatchObject(meta);
      expect(Buffer.compare(taken?.frame.jpeg ?? Buffer.alloc(0), jpeg)).toBe(0);
      expect(await take()).toBeNull();
    });

    it('leaves the bytes of a taken frame alone when newer ones come', async () => {
      await h.mailbox.register(camera('gate'));
      const taken: TakenFrame[] = [];
      for (let sequence = 0; sequence < 20; sequence += 1) {
        await h.mailbox.publish(frame('gate', sequence));
        const one = await take();
        if (one !== null) taken.push(one);
      }
      expect(taken.map(({ frame: { jpeg } }) => Buffer.from(jpeg).readUInt32BE(4))).toEqual(
        Array.from({ length: 20 }, (_, i) => i),
      );
    });

    it('ignores a frame that is not newer, by epoch and then by sequence', async () => {
      await h.mailbox.register(camera('gate'));
      expect(await h.mailbox.publish(frame('gate', 5, 2))).toBe('accepted');
      expect(await h.mailbox.publish(frame('gate', 5, 2))).toBe('repeated');
      expect(await h.mailbox.publish(frame('gate', 4, 2))).toBe('repeated');
      expect(await h.mailbox.publish(frame('gate', 9, 1))).toBe('repeated');
      expect(await h.mailbox.publish(frame('gate', 0, 3))).toBe('accepted');
      expect(await h.mailbox.publish(frame('gate', 10, 3))).toBe('accepted');
      expect(await h.mailbox.publish(frame('gate', 9, 3))).toBe('repeated');
      expect((await take())?.frame).toMatchObject({ epoch: 3, sequence: 10 });
      expect(await h.mailbox.publish(frame('gate', 10, 3))).toBe('repeated');
      expect(await take()).toBeNull();
      expect(await balanced(h.mailbox, 'gate')).toMatchObject({ offered: 3, overwritten: 2 });
    });

    it('never hands one frame to two takers of a group, and never an older one after', async () => {
      await h.mailbox.register(camera('gate'));
      const seen: number[] = [];
      for (let sequence = 0; sequence < 30; sequence += 1) {
        const publishing = h.mailbox.publish(frame('gate', sequence));
        const takes = Array.from({ length: 8 }, (_, worker) =>
          (worker % 2 === 0 ? h.taker : h.mailbox).take(longLease),
        );
        await publishing;
        const together = (await Promise.all(takes)).flatMap((one) => one?.frame.sequence ?? []);
        // Calls at the same time have no order among them.
        seen.push(...together.sort((x, y) => x - y));
      }
      const last = await take();
      if (last !== null) seen.push(last.frame.sequence);
      expect(seen.length).toBeGreaterThan(1);
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
      expect(await balanced(h.mailbox, 'gate')).toMatchObject({
        offered: 30,
        delivered: seen.length,
        waiting: 0,
      });
    });

    it('lets each group take the newest frame at its own pace', async () => {
      const groups = ['detector', 'archive', 'idle'];
      await h.mailbox.register(camera('gate', { groups }));
      for (let sequence = 0; sequence < 12; sequence += 1) {
        await h.mailbox.publish(frame('gate', sequence));
        const detector = await take();
        expect(detector?.frame.sequence).toBe(sequence);
        const due = sequence % 3 === 2;
        const archive = due ? await take({ group: 'archive' }) : null;
        expect(archive?.frame.sequence).toBe(due ? sequence : undefined);
      }
      expect(await balanced(h.mailbox, 'gate', 'detector')).toMatchObject({
        offered: 12,
        delivered: 12,
        overwritten: 0,
      });
      expect(await balanced(h.mailbox, 'gate', 'archive')).toMatchObject({
        offered: 12,
        delivered: 4,
        overwritten: 8,
        waiting: 0,
      });
      expect(await balanced(h.mailbox, 'gate', 'idle')).toMatchObject({
        offered: 12,
        delivered: 0,
        overwritten: 11,
        waiting: 1,
      });
    });

    it('takes from the named cameras alone, as long as one has a frame', async () => {
      for (const id of ['a', 'b', 'c']) await h.mailbox.register(camera(id));
      await h.mailbox.publish(frame('b', 0));
      await h.mailbox.publish(frame('c', 0));
      const cameraIds = ['nowhere', 'a', 'c'];
      expect((await take({ cameraIds }))?.frame.cameraId).toBe('c');
      expect(await take({ cameraIds })).toBeNull();
      expect(await take({ cameraIds: [] })).toBeNull();
      expect((await take({ cameraIds: ['c', 'b', 'a'] }))?.frame.cameraId).toBe('b');
      expect(await take()).toBeNull();
      await h.mailbox.publish(frame('a', 0));
      expect(await take({ group: 'nobody' })).toBeNull();
      expect(await take({ group: 'nobody', cameraIds: ['a'] })).toBeNull();
    });

    it('hands over the settings that hold now', async () => {
      await h.mailbox.register(camera('gate'));
      await h.mailbox.publish(frame('gate', 0));
      const changed = { ...camera('gate').detection, minConfidence: 0.7 };
      await h.mailbox.register(camera('gate', { detection: changed }));
      expect((await take())?.detection).toEqual(changed);
    });

    it('leaves a frame whose model is not ready, and its turn, and names the model', async () => {
      const wanting = (model: string | null) => ({ ...camera('gate').detection, model });
      await h.mailbox.register(camera('a', { detection: wanting('large') }));
      await h.mailbox.register(camera('b', { detection: wanting(null) }));
      for (const id of ['a', 'b']) await h.mailbox.publish(frame(id, 0));
      const before = await balanced(h.mailbox, 'a');
      // The turn is a's, though b's model is ready.
      const models = [null, 'small'];
      await expect(take({ models })).rejects.toEqual(new ModelNotReady('large'));
      await expect(take({ models: [] })).rejects.toMatchObject({ model: 'large' });
      expect(await balanced(h.mailbox, 'a')).toEqual(before);
      expect((await take({ models: ['large'] }))?.frame.cameraId).toBe('a');
      await expect(take({ models: ['large'] })).rejects.toMatchObject({ model: null });
      expect((await take({ models }))?.frame.cameraId).toBe('b');
      expect(await take({ models: [] })).toBeNull();
    });

    it('rings the doorbell after publishes, also after the engine was lost', async () => {
      await h.mailbox.register(camera('gate'));
      let rings = 0;
      let sequence = 0;
      const stop = await h.taker.onDoorbell(() => (rings += 1));
      const rung = async () => {
        await h.mailbox.publish(frame('gate', (sequence += 1))).catch(() => undefined);
        return rings;
      };
      await expect.poll(rung).toBeGreaterThan(0);
      await h.lose();
      await h.find();
      rings = 0;
      await expect.poll(rung).toBeGreaterThan(0);
      await stop();
      rings = 0;
      await h.mailbox.publish(frame('gate', (sequence += 1)));
      await h.pass(50);
      expect(rings).toBe(0);
    });
  });
}
