import { expect, it } from 'vitest';
import { type Point, trendOf } from './trend.ts';

/** The same each time: a linear congruential generator, -1 to 1. */
function noise(): () => number {
  let state = 7;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 30 - 1;
  };
}

function series(slope: number, amplitude: number): Point[] {
  const next = noise();
  return Array.from({ length: 600 }, (_, at): Point => [at, 100 + slope * at + amplitude * next()]);
}

it('finds a slope, and an interval around it that is narrower with less noise', () => {
  const quiet = trendOf(series(0.5, 1));
  const loud = trendOf(series(0.5, 50));
  for (const { slope, low, high } of [quiet, loud]) {
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
    expect(slope).toBeCloseTo((low + high) / 2);
  }
  expect(loud.high - loud.low).toBeGreaterThan(10 * (quiet.high - quiet.low));
});

it('holds the truth about 95 times of 100', () => {
  const next = noise();
  let held = 0;
  for (let round = 0; round < 400; round += 1) {
    const points = Array.from({ length: 80 }, (_, at): Point => [at, next() + next() + next()]);
    const { low, high } = trendOf(points);
    if (low <= 0 && high >= 0) held += 1;
  }
  expect(held / 400).toBeGreaterThan(0.92);
  expect(held / 400).toBeLessThan(0.98);
});

it('leaves out what was not measured, and says nothing of too little', () => {
  const holes = series(1, 0).map(([at, y]): Point => [at, at % 7 === 0 ? NaN : y]);
  expect(trendOf(holes).slope).toBeCloseTo(1);
  expect(trendOf(series(1, 0).slice(0, 50)).slope).toBeNaN();
  expect(trendOf([]).low).toBeNaN();
});
