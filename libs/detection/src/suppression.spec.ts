import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from './candidate.ts';
import { DEFAULT_SUPPRESSION, overlap, suppress } from './suppression.ts';

// Few classes, coarse places and coarse confidences: much overlaps, and much is tied.
const candidate: fc.Arbitrary<Candidate> = fc
  .record({
    classId: fc.integer({ min: 0, max: 2 }),
    confidence: fc.integer({ min: 1, max: 10 }).map((tenths) => tenths / 10),
    left: fc.integer({ min: 0, max: 20 }),
    top: fc.integer({ min: 0, max: 20 }),
    width: fc.integer({ min: 0, max: 20 }),
    height: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ width, height, ...rest }) => ({
    ...rest,
    right: rest.left + width,
    bottom: rest.top + height,
  }));
const candidates = fc.array(candidate, { maxLength: 60 });
const limits = fc.record({
  maxOverlap: fc.double({ min: 0, max: 1, noNaN: true }),
  maxKept: fc.integer({ min: 1, max: 40 }),
});

describe('suppress', () => {
  it('changes nothing when done again', () => {
    fc.assert(
      fc.property(candidates, limits, (all, limit) => {
        const kept = suppress(all, limit);
        expect(suppress(kept, limit)).toEqual(kept);
      }),
    );
  });

  it('does not depend on the order of the candidates', () => {
    const shuffled = candidates.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, limits, ([all, other], limit) => {
        expect(suppress(other, limit)).toEqual(suppress(all, limit));
      }),
    );
  });

  it('keeps candidates that are apart or of other classes, and drops only what one explains', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const { maxOverlap } = DEFAULT_SUPPRESSION;
        const kept = suppress(all);
        const clash = (a: Candidate, b: Candidate) =>
          a.classId === b.classId && overlap(a, b) > maxOverlap;
        for (const [index, one] of kept.entries()) {
          expect(kept.slice(0, index).some((other) => clash(one, other))).toBe(false);
        }
        for (const dropped of all.filter((one) => !kept.includes(one))) {
          const why = kept.filter((one) => clash(one, dropped));
          expect(why.some((one) => one.confidence >= dropped.confidence)).toBe(true);
        }
      }),
    );
  });

  it('keeps the most confident when there are too many', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      classId: 0,
      confidence: ((index * 37) % 500) / 500,
      left: index * 10,
      top: 0,
      right: index * 10 + 5,
      bottom: 5,
    }));
    const kept = suppress(many);
    expect(kept.length).toBe(300);
    expect(kept.at(-1)?.confidence).toBe(200 / 500);
  });
});

describe('overlap', () => {
  const square = { left: 0, top: 0, right: 10, bottom: 10 };

  it.each([
    [{ left: 0, top: 0, right: 10, bottom: 10 }, 1],
    [{ left: 5, top: 0, right: 15, bottom: 10 }, 1 / 3],
    [{ left: 2, top: 2, right: 7, bottom: 12 }, 40 / 110],
    [{ left: 10, top: 0, right: 20, bottom: 10 }, 0],
    [{ left: 3, top: 3, right: 3, bottom: 3 }, 0],
  ])('of a square and %o is %d', (other, expected) => {
    expect(overlap(square, other)).toBeCloseTo(expected, 12);
    expect(overlap(other, square)).toBeCloseTo(expected, 12);
  });
});
