import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';
import { PercentileWindow } from './percentile-window.ts';
import { RateMeter } from './rate-meter.ts';

describe('RateMeter', () => {
  it('tells the rate over its window and forgets what is older', () => {
    const clock = new ManualClock();
    const meter = new RateMeter(clock);
    for (let frame = 0; frame < 300; frame += 1) {
      clock.advance(1000 / 30);
      meter.mark();
    }
    expect(meter.rate()).toBeCloseTo(30, 0);
    clock.advance(2500);
    expect(meter.rate()).toBeCloseTo(15, 0);
    clock.advance(2600);
    expect(meter.rate()).toBe(0);
  });

  it('does not understate a young stream', () => {
    const clock = new ManualClock();
    const meter = new RateMeter(clock);
    for (let frame = 0; frame < 20; frame += 1) {
      clock.advance(100);
      meter.mark();
    }
    expect(meter.rate()).toBeCloseTo(10, 5);
  });
});

describe('PercentileWindow', () => {
  it('is within 2 % and 0.1 ms of the true percentiles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.2, max: 100_000, noNaN: true }), { minLength: 1 }),
        (values) => {
          const window = new PercentileWindow(new ManualClock());
          for (const value of values) window.add(value);
          const sorted = values.toSorted((a, b) => a - b);
          const truth = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0;
          const told = window.percentiles()?.p95 ?? 0;
          expect(Math.abs(told - truth)).toBeLessThanOrEqual(truth * 0.021 + 0.1);
        },
      ),
    );
  });

  it('forgets what is older than its window, and says null rather than zero', () => {
    const clock = new ManualClock();
    const window = new PercentileWindow(clock);
    expect(window.percentiles()).toBeNull();
    window.add(1000);
    clock.advance(30_000);
    window.add(10);
    expect(window.percentiles()?.p99).toBeGreaterThan(900);
    clock.advance(31_000);
    expect(window.percentiles()?.p99).toBeLessThan(11);
    clock.advance(3_600_000);
    expect(window.percentiles()).toBeNull();
  });
});
