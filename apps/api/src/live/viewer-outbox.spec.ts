import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ViewerOutbox } from './viewer-outbox.ts';

function outbox() {
  const sent: number[] = [];
  return { sent, box: new ViewerOutbox<number>((item) => sent.push(item)) };
}

describe('ViewerOutbox', () => {
  it('keeps one unacknowledged and only the newest of what comes meanwhile', () => {
    const { sent, box } = outbox();
    expect(box.offer(1)).toBe('sent');
    expect(box.offer(2)).toBe('waits');
    expect(box.offer(3)).toBe('replaced');
    expect(box.offer(4)).toBe('replaced');
    expect(sent).toEqual([1]);
    box.acknowledge();
    expect(sent).toEqual([1, 4]);
    box.acknowledge();
    expect(box.offer(5)).toBe('sent');
  });

  it('still waits for the acknowledgement after it was cleared', () => {
    const { sent, box } = outbox();
    box.offer(1);
    box.offer(2);
    box.clear();
    expect(box.offer(3)).toBe('waits');
    box.acknowledge();
    expect(sent).toEqual([1, 3]);
  });

  it('loses no count: everything offered is sent, waiting or replaced', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (steps) => {
        const { sent, box } = outbox();
        let [offered, replaced, unacknowledged] = [0, 0, 0];
        for (const isOffer of steps) {
          const before = sent.length;
          if (isOffer) {
            if (box.offer(offered) === 'replaced') replaced += 1;
            offered += 1;
          } else if (unacknowledged > 0) {
            unacknowledged -= 1;
            box.acknowledge();
          }
          unacknowledged += sent.length - before;
          expect(unacknowledged).toBeLessThanOrEqual(1);
        }
        const waiting = offered - replaced - sent.length;
        expect([0, 1]).toContain(waiting);
        expect(sent).toEqual(sent.toSorted((a, b) => a - b));
      }),
    );
  });
});
