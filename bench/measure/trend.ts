import { linearRegression, mean, sum } from 'simple-statistics';

/** A moment and what was measured then. */
export type Point = readonly [at: number, value: number];

/** How fast something grows, per unit of time, and the interval that holds the truth 95 times of 100. */
export interface Trend {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

/** Neighbouring measurements of memory are alike; means of so many stretches are nearly independent. */
const STRETCHES = 20;
/** Student's t, two-sided 95 %, for that many points and the two figures of a line. */
const STUDENT_T = 2.101;
/** With fewer measurements in a stretch its mean says little. */
const FEWEST_EACH = 3;

/**
 * The line through a series by least squares, with the confidence interval of its slope. The series
 * is first averaged over stretches of equal length, since the interval takes its points for
 * independent, which measurements seconds apart are not. NaN when there are too few of them.
 */
export function trendOf(series: readonly Point[]): Trend {
  const points = averaged(series);
  if (points === null) return { slope: NaN, low: NaN, high: NaN };
  const { m: slope, b } = linearRegression(points);
  const middle = mean(points.map(([x]) => x));
  const spread = sum(points.map(([x]) => (x - middle) ** 2));
  const rest = sum(points.map(([x, y]) => (y - (slope * x + b)) ** 2));
  const error = Math.sqrt(rest / (points.length - 2) / spread);
  return { slope, low: slope - STUDENT_T * error, high: slope + STUDENT_T * error };
}

function averaged(series: readonly Point[]): [number, number][] | null {
  const known = series.filter(([, value]) => !Number.isNaN(value));
  const [first] = known.at(0) ?? [0];
  const length = ((known.at(-1)?.[0] ?? 0) - first) / STRETCHES;
  if (length <= 0) return null;
  const stretches = Array.from({ length: STRETCHES }, (): Point[] => []);
  for (const point of known) {
    stretches[Math.min(STRETCHES - 1, Math.floor((point[0] - first) / length))]?.push(point);
  }
  if (stretches.some(({ length }) => length < FEWEST_EACH)) return null;
  return stretches.map((stretch) => [
    mean(stretch.map(([at]) => at)),
    mean(stretch.map(([, value]) => value)),
  ]);
}
