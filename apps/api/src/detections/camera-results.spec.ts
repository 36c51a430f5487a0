import { ManualClock } from '@lookout/timing';
import { describe, expect, it } from 'vitest';
import { sampleFrame, sampleResult } from '../status/samples.ts';
import { CameraResults } from './camera-results.ts';

const clock = new ManualClock();

function show(results: CameraResults, sequence: number): void {
  const result = sampleResult(sampleFrame(clock, sequence));
  results.show({ result, frame: null, capturedMonotonic: 0 });
}

describe('CameraResults', () => {
  it('knows news from what is older or the same', () => {
    const results = new CameraResults();
    expect(results.isNews({ epoch: 1, sequence: 0 })).toBe(true);
    show(results, 10);
    expect(results.isNews({ epoch: 1, sequence: 11 })).toBe(true);
    expect(results.isNews({ epoch: 1, sequence: 10 })).toBe(false);
    expect(results.isNews({ epoch: 0, sequence: 99 })).toBe(false);
    expect(results.isNews({ epoch: 2, sequence: 0 })).toBe(true);
  });

  it('knows what it was told before, also in another order, of the last frames', () => {
    const results = new CameraResults();
    const tell = (sequence: number) => results.isRepeated({ epoch: 1, sequence });
    expect([2, 1, 3, 2, 1, 3].map(tell)).toEqual([false, false, false, true, true, true]);
    expect(results.isRepeated({ epoch: 2, sequence: 3 })).toBe(false);
    for (let sequence = 4; sequence < 100; sequence += 1) expect(tell(sequence)).toBe(false);
    expect(tell(99)).toBe(true);
  });

  it('holds a failure until a newer frame has a result', () => {
    const results = new CameraResults();
    show(results, 10);
    results.failed({ epoch: 1, sequence: 9 }, 'late and of no account');
    expect(results.trouble).toBeNull();
    results.failed({ epoch: 1, sequence: 20 }, 'bad JPEG');
    results.failed({ epoch: 1, sequence: 15 }, 'older');
    show(results, 19);
    expect(results.trouble).toBe('The last inference failed: bad JPEG');
    show(results, 21);
    expect(results.trouble).toBeNull();
  });

  it('takes an abandoned frame for a time-out while no result comes', () => {
    const results = new CameraResults();
    results.booksRead({ id: 'a', abandoned: 7 });
    expect(results.trouble).toBeNull();
    show(results, 1);
    // A result came too: which of the two was last cannot be said.
    results.booksRead({ id: 'a', abandoned: 8 });
    expect(results.trouble).toBeNull();
    results.booksRead({ id: 'a', abandoned: 9 });
    expect(results.trouble).toBe('The last inference was not finished in time.');
    results.booksRead({ id: 'a', abandoned: 9 });
    expect(results.trouble).not.toBeNull();
    show(results, 2);
    expect(results.trouble).toBeNull();
  });

  it('does not compare books of two memories', () => {
    const results = new CameraResults();
    results.booksRead({ id: 'a', abandoned: 0 });
    results.booksRead({ id: 'b', abandoned: 3 });
    expect(results.trouble).toBeNull();
  });
});
