import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairShares } from './fair-shares.ts';
import { type SharedDetector, sharedDetector } from './conformance/shared-detector.ts';

const weight = fc.constantFrom(0.1, 0.3, 0.5, 1, 1.7, 2, 4, 10);
/** Every camera has a new frame whenever a worker is free. */
const ALWAYS = 1000;

const took = (detector: SharedDetector): number[] => detector.cameras.map(({ taken }) => taken);
const gained = (detector: SharedDetector, before: readonly number[]): number[] =>
  took(detector).map((count, i) => count - (before[i] ?? 0));

describe('turns by weight', () => {
  it('are in proportion to within one turn of each, over any stretch of time', () => {
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 2, maxLength: 8 }),
        fc.nat({ max: 400 }),
        fc.nat({ max: 400 }),
        (weights, start, length) => {
          // So fast that nobody waits for ten seconds, the least that everybody is looked at.
          const detector = sharedDetector({ workers: 1, inferenceMs: 3 });
          for (const one of weights) detector.add({ fps: ALWAYS, weight: one, minFps: 0 });
          detector.run(10 + start * 3);
          const before = took(detector);
          detector.run(length * 3);
          const turns = gained(detector, before);
          for (const [i, a] of weights.entries()) {
            for (const [j, b] of weights.entries()) {
              const difference = Math.abs((turns[i] ?? 0) / a - (turns[j] ?? 0) / b);
              expect(difference).toBeLessThanOrEqual(1 / a + 1 / b + 1e-9);
            }
          }
        },
      ),
    );
  });

  it('are in proportion between several workers too', () => {
    for (const workers of [2, 3]) {
      const detector = sharedDetector({ workers, inferenceMs: 100 * workers, jitter: 0.2 });
      const weights = [1, 2, 4];
      for (const one of weights) detector.add({ fps: 60, weight: one, minFps: 0 });
      detector.run(100_000);
      for (const [i, one] of weights.entries()) {
        expect((took(detector)[i] ?? 0) / 1000 / (one / 7)).toBeCloseTo(1, 1);
      }
    }
  });

  it('follow the weighted max-min shares when cameras offer at rates of their own', () => {
    // Frames that come in no step with the turns; offered half as much again as can be done.
    const detector = sharedDetector({ workers: 1, inferenceMs: 100, jitter: 0.2 });
    const demands = [
      { fps: 1, weight: 1, minFps: 0 },
      { fps: 7, weight: 1, minFps: 0 },
      { fps: 5, weight: 2, minFps: 0 },
      { fps: 15, weight: 0.5, minFps: 0 },
    ];
    for (const demand of demands) detector.add(demand);
    detector.run(200_000);
    for (const [i, share] of fairShares(demands, 10).entries()) {
      expect((took(detector)[i] ?? 0) / 200 / share).toBeCloseTo(1, 1);
    }
  });

  it('leave nobody without: every camera is looked at, however small its weight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat({ max: 500 }), (count, inferenceMs) => {
        const detector = sharedDetector({ workers: 1, inferenceMs: inferenceMs + 20 });
        detector.add({ fps: 5, weight: 0.1, minFps: 0 });
        for (let i = 1; i < count; i += 1) detector.add({ fps: 30, weight: 10, minFps: 4 });
        detector.run(1000);
        for (let stretch = 0; stretch < 3; stretch += 1) {
          const before = took(detector);
          // One frame in ten seconds, cut like every promise when too much was promised.
          const promised = 0.1 + (count - 1) * 4;
          detector.run((Math.max(1, (promised * (inferenceMs + 20)) / 1000) * 1000 * 2) / 0.1);
          expect(gained(detector, before)[0]).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('are not saved up: after a pause a camera gets its share, and one turn more at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), weight, (pauseS, mine) => {
        const detector = sharedDetector({ workers: 1, inferenceMs: 10 });
        const one = detector.add({ fps: ALWAYS, weight: mine, minFps: 0 });
        const other = detector.add({ fps: ALWAYS, weight: 1, minFps: 0 });
        detector.run(1000);
        one.paused = true;
        detector.run(pauseS * 1000);
        one.paused = false;
        const before = { one: one.taken, other: other.taken };
        detector.run(500);
        const turns = { one: one.taken - before.one, other: other.taken - before.other };
        // In proportion to one turn of each, and one more: the one that was kept.
        expect(turns.one / mine - turns.other).toBeLessThanOrEqual(2 / mine + 1 + 1e-9);
      }),
    );
  });

  it('are not monopolised by a camera that is new', () => {
    const detector = sharedDetector({ workers: 1, inferenceMs: 10 });
    detector.add({ fps: ALWAYS, weight: 1, minFps: 0 });
    detector.add({ fps: ALWAYS, weight: 1, minFps: 0 });
    detector.run(600_000);
    const before = took(detector);
    detector.add({ fps: ALWAYS, weight: 1, minFps: 0 });
    detector.run(300);
    for (const turns of gained(detector, before)) {
      expect(Math.abs(turns - 10)).toBeLessThanOrEqual(2);
    }
  });

  it('change with a weight at once, without a debt or a credit from before', () => {
    const detector = sharedDetector({ workers: 1, inferenceMs: 10 });
    const one = detector.add({ fps: ALWAYS, weight: 10, minFps: 0 });
    const other = detector.add({ fps: ALWAYS, weight: 0.1, minFps: 0 });
    detector.run(100_000);
    one.demand = { ...one.demand, weight: 1 };
    other.demand = { ...other.demand, weight: 1 };
    const before = took(detector);
    detector.run(1000);
    for (const turns of gained(detector, before)) {
      expect(Math.abs(turns - 50)).toBeLessThanOrEqual(2);
    }
  });
});

describe('minimum rates', () => {
  it('are kept while they fit, and what is left goes by weight', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ weight, minFps: fc.constantFrom(0, 0.5, 1, 2) }), {
          minLength: 2,
          maxLength: 5,
        }),
        fc.integer({ min: 70, max: 95 }),
        (settings, inferenceMs) => {
          const detector = sharedDetector({ workers: 1, inferenceMs, jitter: 0.1 });
          const demands = settings.map((one) => ({ ...one, fps: 15 }));
          for (const demand of demands) detector.add(demand);
          detector.run(120_000);
          const shares = fairShares(demands, 1000 / inferenceMs);
          for (const [i, { minFps }] of demands.entries()) {
            const rate = (took(detector)[i] ?? 0) / 120;
            expect(rate).toBeGreaterThanOrEqual(minFps * 0.98 - 1 / 120);
            expect(Math.abs(rate - (shares[i] ?? 0))).toBeLessThanOrEqual(
              0.05 + (shares[i] ?? 0) * 0.06,
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are cut in the same proportion when they do not fit', () => {
    for (const inferenceMs of [160, 200, 400, 900]) {
      const detector = sharedDetector({ workers: 1, inferenceMs, jitter: 0.1 });
      const demands = [
        { fps: 5, weight: 1, minFps: 4 },
        { fps: 5, weight: 10, minFps: 2 },
        { fps: 5, weight: 1, minFps: 1 },
      ];
      for (const demand of demands) detector.add(demand);
      detector.run(200_000);
      for (const [i, share] of fairShares(demands, 1000 / inferenceMs).entries()) {
        expect((took(detector)[i] ?? 0) / 200 / share).toBeCloseTo(1, 1);
      }
    }
  });

  it('leave no debt: without its minimum a camera has its share by weight at once', () => {
    const detector = sharedDetector({ workers: 1, inferenceMs: 100 });
    const one = detector.add({ fps: 10, weight: 1, minFps: 8 });
    detector.add({ fps: 10, weight: 1, minFps: 0 });
    detector.run(600_000);
    expect(one.taken / 600).toBeCloseTo(8, 0);
    one.demand = { ...one.demand, minFps: 0 };
    const before = took(detector);
    detector.run(10_000);
    for (const turns of gained(detector, before)) {
      expect(Math.abs(turns - 50)).toBeLessThanOrEqual(3);
    }
  });

  it('are kept on when the clock is set back or forward', () => {
    for (const jump of [-3_600_000, 3_600_000]) {
      const detector = sharedDetector({ workers: 1, inferenceMs: 100 });
      const one = detector.add({ fps: 10, weight: 0.1, minFps: 5 });
      detector.add({ fps: 10, weight: 10, minFps: 0 });
      detector.run(10_000);
      detector.clockOffset = jump;
      const before = one.taken;
      detector.run(10_000);
      expect(Math.abs(one.taken - before - 50)).toBeLessThanOrEqual(3);
    }
  });
});
