import { describe, expect, it } from 'vitest';
import { Pacer } from './pacer.ts';

/** Arrival times of frames at `fps`, each off by up to `jitterMs`. */
function arrivals(fps: number, seconds: number, jitterMs = 0): number[] {
  return Array.from({ length: Math.round(fps * seconds) }, (_, index) => {
    const jitter = Math.sin(index * 12.9898) * jitterMs;
    return 1000 + (index * 1000) / fps + jitter;
  });
}

function pass(pacer: Pacer, times: number[]): number[] {
  return times.filter((time) => pacer.accept(time));
}

function gaps(times: number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

describe('Pacer', () => {
  it.each([
    [30, 15],
    [30, 5],
    [29.97, 15],
    [25, 15],
    [60, 30],
    [30, 30],
    [29.97, 29.97],
    [30, 0.5],
  ])('thins %d fps to %d fps over a minute', (source, wanted) => {
    const passed = pass(new Pacer(wanted), arrivals(source, 60));
    expect(passed.length / 60).toBeGreaterThan(wanted * 0.999 - 1 / 60);
    expect(passed.length / 60).toBeLessThan(wanted * 1.001 + 1 / 60);
  });

  it('spaces evenly in spite of jitter', () => {
    const passed = pass(new Pacer(15), arrivals(30, 60, 8));
    expect(passed.length).toBe(900);
    expect(Math.max(...gaps(passed))).toBeLessThan(1000 / 15 + 17);
    expect(Math.min(...gaps(passed))).toBeGreaterThan(1000 / 15 - 17);
  });

  it('never invents: a slower source passes whole', () => {
    const times = arrivals(10, 20);
    expect(pass(new Pacer(30), times)).toEqual(times);
  });

  it('begins anew after a pause instead of bursting', () => {
    const before = arrivals(30, 5);
    const after = arrivals(30, 5).map((time) => time + 20_000);
    const pacer = new Pacer(5);
    pass(pacer, before);
    const passed = pass(pacer, after);
    expect(passed.length).toBeLessThanOrEqual(26);
    expect(Math.min(...gaps(passed))).toBeGreaterThan(150);
  });
});
