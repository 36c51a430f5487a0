/** The value below which the fraction `q` of the values lies; NaN when there are none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

/** Where most of the values lie; NaN without any. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
}

/** Half of the values, and nineteen of twenty, lie below these. */
export function spread(values: readonly number[]): Spread {
  return { p50: quantile(values, 0.5), p95: quantile(values, 0.95) };
}

/** The middle value, or the mean of the two in the middle; NaN when there are none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  const high = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return (low + high) / 2;
}

/** Rate and longest gap of things that arrived at these moments (ms), in a window from `start` to `end`. */
export function cadence(
  moments: readonly number[],
  start: number,
  end: number,
): { perSecond: number; longestGapMs: number } {
  const inside = moments.filter((moment) => moment >= start && moment < end);
  const edges = [start, ...inside, end];
  const gaps = edges.slice(1).map((moment, index) => moment - (edges[index] ?? moment));
  return { perSecond: inside.length / ((end - start) / 1000), longestGapMs: Math.max(...gaps) };
}
