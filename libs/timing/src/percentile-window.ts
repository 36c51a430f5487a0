import type { Clock } from './clock.ts';

const SLICES = 12;
const BUCKETS = 512;
const SMALLEST_MS = 0.1;
const GROWTH = 1.04;
const LOG_GROWTH = Math.log(GROWTH);

/**
 * Percentiles of durations over a sliding window, in fixed memory: each of 12 time slices is a
 * histogram whose buckets grow by 4 %, so a value is off by at most 2 %. After DDSketch (Masson,
 * Rim, Lee, VLDB 2019), with a fixed range of 0.1 ms to about 50,000 s.
 */
export class PercentileWindow {
  readonly #clock: Clock;
  readonly #sliceMs: number;
  readonly #slices = Array.from({ length: SLICES }, () => new Uint32Array(BUCKETS));
  /** How many durations each slice holds. */
  readonly #noted = new Uint32Array(SLICES);
  #slice: number;

  /** @param windowMs - length of the window that the percentiles look back on */
  constructor(clock: Clock, windowMs = 60_000) {
    this.#clock = clock;
    this.#sliceMs = windowMs / SLICES;
    this.#slice = this.#now();
  }

  /** Notes one duration in ms. */
  add(ms: number): void {
    this.#turn();
    const slice = this.#slices[this.#slice % SLICES];
    if (slice === undefined) return;
    const bucket = ms <= SMALLEST_MS ? 0 : Math.ceil(Math.log(ms / SMALLEST_MS) / LOG_GROWTH);
    const index = Math.min(bucket, BUCKETS - 1);
    slice[index] = (slice[index] ?? 0) + 1;
    this.#noted[this.#slice % SLICES] = (this.#noted[this.#slice % SLICES] ?? 0) + 1;
  }

  /** The 50th, 95th and 99th percentile in ms; `null` when nothing was noted in the window. */
  percentiles(): { p50: number; p95: number; p99: number } | null {
    this.#turn();
    const sums = new Float64Array(BUCKETS);
    let total = 0;
    for (const [index, slice] of this.#slices.entries()) {
      const noted = this.#noted[index] ?? 0;
      if (noted === 0) continue;
      total += noted;
      // Indexed: an iterator over typed arrays costs ten times as much, and every status asks.
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        sums[bucket] = (sums[bucket] ?? 0) + (slice[bucket] ?? 0);
      }
    }
    if (total === 0) return null;
    return {
      p50: quantile(sums, total, 0.5),
      p95: quantile(sums, total, 0.95),
      p99: quantile(sums, total, 0.99),
    };
  }

  #now(): number {
    return Math.floor(this.#clock.monotonic() / this.#sliceMs);
  }

  #turn(): void {
    const now = this.#now();
    const passed = Math.min(now - this.#slice, SLICES);
    for (let step = 1; step <= passed; step += 1) {
      this.#slices[(this.#slice + step) % SLICES]?.fill(0);
      this.#noted[(this.#slice + step) % SLICES] = 0;
    }
    this.#slice = now;
  }
}

function quantile(sums: Float64Array, total: number, q: number): number {
  const rank = Math.ceil(q * total);
  let seen = 0;
  const bucket = sums.findIndex((count) => (seen += count) >= rank);
  const middle = bucket === 0 ? SMALLEST_MS : SMALLEST_MS * GROWTH ** (bucket - 0.5);
  return Math.round(middle * 10) / 10;
}
