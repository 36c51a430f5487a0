import { ManualClock } from '@lookout/timing';
import { describe, expect, it } from 'vitest';
import { sampleFrame } from '../status/samples.ts';
import { KeptFrames } from './kept-frames.ts';

function bench(limits = { frames: 4, bytes: 10_000, ms: 1000 }) {
  const clock = new ManualClock();
  const kept = new KeptFrames(clock, limits);
  const keep = (sequence: number, bytes = 100) => {
    const frame = sampleFrame(clock, sequence, { jpeg: Buffer.alloc(bytes) });
    kept.keep(frame);
    return frame;
  };
  return { clock, kept, keep };
}

describe('KeptFrames', () => {
  it('gives the very frame once, and forgets the older ones', () => {
    const { kept, keep } = bench();
    keep(1);
    const wanted = keep(2);
    keep(3);
    expect(kept.take(wanted)).toBe(wanted);
    expect(kept.take(wanted)).toBeUndefined();
    expect(kept.take({ epoch: 1, sequence: 1 })).toBeUndefined();
    expect(kept.size).toBe(1);
  });

  it('tells epochs apart', () => {
    const { clock, kept } = bench();
    kept.keep(sampleFrame(clock, 5, { epoch: 1 }));
    const wanted = sampleFrame(clock, 5, { epoch: 2 });
    kept.keep(wanted);
    expect(kept.take({ epoch: 2, sequence: 5 })).toBe(wanted);
  });

  it('is bounded by count, by bytes and by time', () => {
    const { clock, kept, keep } = bench();
    for (let sequence = 0; sequence < 10; sequence += 1) keep(sequence);
    expect(kept.size).toBe(4);
    keep(10, 9_750);
    expect(kept.size).toBe(3);
    clock.advance(1001);
    kept.prune();
    expect(kept.size).toBe(0);
    keep(11, 20_000);
    expect(kept.size).toBe(0);
    keep(12, 10_000);
    expect(kept.size).toBe(1);
  });

  it('counts bytes right when frames leave in every way', () => {
    const { clock, kept, keep } = bench();
    const first = keep(1, 5_000);
    kept.drop(first);
    const second = keep(2, 5_000);
    kept.take(second);
    keep(3, 5_000);
    clock.advance(1001);
    kept.prune();
    keep(4, 5_000);
    keep(5, 5_000);
    expect(kept.size).toBe(2);
  });
});
