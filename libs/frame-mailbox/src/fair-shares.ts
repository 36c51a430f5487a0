import { LEAST_FPS } from './turns.ts';

/** What a camera asks of a detector that it shares with others. */
export interface Demand {
  /** Frames per second that it offers. */
  readonly fps: number;
  readonly weight: number;
  readonly minFps: number;
}

/**
 * The frames per second that each camera gets of a detector in the long run, when turns are given by
 * `nextTurn`: in proportion to the weights, but no more than it offers, and no less than its minimum.
 * Minimums that do not fit are cut in the same proportion. (Weighted max-min fairness with floors:
 * one level of water for all, found by halving.)
 * @param capacity - frames per second that all workers together look at
 */
export function fairShares(demands: readonly Demand[], capacity: number): number[] {
  const floors = demands.map(({ fps, minFps }) => Math.min(fps, Math.max(minFps, LEAST_FPS)));
  const promised = sum(floors);
  if (promised >= capacity) {
    return floors.map((floor) => (promised === 0 ? 0 : (capacity * floor) / promised));
  }
  if (sum(demands.map(({ fps }) => fps)) <= capacity) return demands.map(({ fps }) => fps);
  const at = (level: number): number[] =>
    demands.map(({ fps, weight }, i) => Math.max(floors[i] ?? 0, Math.min(fps, level * weight)));
  let low = 0;
  let high = Math.max(...demands.map(({ fps, weight }) => fps / weight));
  // Halved until the difference is beyond what a number can hold.
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2;
    if (sum(at(middle)) > capacity) high = middle;
    else low = middle;
  }
  return at(low);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
