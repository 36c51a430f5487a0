import { describe, expect, it } from 'vitest';
import { exampleBooks } from '../../testing/examples.ts';
import { missedBetween, missedByDetector } from './missed.ts';
import { tally } from './seen.ts';
import { exampleDetection } from '../../testing/examples.ts';
import { SequenceGaps } from './sequence-gaps.ts';

describe('missed by the detector', () => {
  it('is whatever was offered and never got a result', () => {
    const books = exampleBooks({ overwritten: 4, expired: 3, failed: 2, abandoned: 1 });
    expect(missedByDetector(books)).toBe(10);
  });

  it('is told between two readings of the same books, and not across new ones', () => {
    const before = exampleBooks({ overwritten: 4 });
    expect(missedBetween(before, exampleBooks({ overwritten: 6 }))).toBe(2);
    expect(missedBetween(before, exampleBooks({ id: 'books-2', overwritten: 0 }))).toBeNull();
    expect(missedBetween(null, before)).toBeNull();
    expect(missedBetween(before, null)).toBeNull();
  });
});

describe('SequenceGaps', () => {
  function missed(sequences: readonly number[], rates = { capture: 30, live: 15 }): number {
    const gaps = new SequenceGaps();
    for (const sequence of sequences) gaps.arrived({ epoch: 1, sequence }, rates);
    return gaps.missed;
  }

  it('finds nothing missing in an even stream or one that varies by a step', () => {
    expect(missed([0, 2, 4, 6, 8])).toBe(0);
    expect(missed([0, 2, 5, 6, 9, 10])).toBe(0);
    expect(missed([0, 1, 3, 4, 6], { capture: 15, live: 10 })).toBe(0);
  });

  it('counts the pictures that a gap has room for', () => {
    expect(missed([0, 2, 6, 8])).toBe(1);
    expect(missed([0, 2, 12])).toBe(4);
    expect(missed([0, 1, 3], { capture: 15, live: 15 })).toBe(1);
  });

  it('counts nothing across a restart, a pause or without rates', () => {
    const gaps = new SequenceGaps();
    const rates = { capture: 30, live: 15 };
    gaps.arrived({ epoch: 1, sequence: 90 }, rates);
    gaps.arrived({ epoch: 2, sequence: 0 }, rates);
    gaps.pause();
    gaps.arrived({ epoch: 2, sequence: 500 }, rates);
    gaps.arrived({ epoch: 2, sequence: 900 }, undefined);
    gaps.arrived({ epoch: 2, sequence: 990 }, { capture: 0, live: 0 });
    expect(gaps.missed).toBe(0);
  });
});

describe('tally', () => {
  it('counts by class, most first and then by name', () => {
    const of = (label: string) => exampleDetection({ label });
    expect(tally([of('person'), of('car'), of('truck'), of('car'), of('bus')])).toEqual([
      { label: 'car', count: 2 },
      { label: 'bus', count: 1 },
      { label: 'person', count: 1 },
      { label: 'truck', count: 1 },
    ]);
  });
});
