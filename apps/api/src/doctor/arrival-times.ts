import type { Arrivals } from './diagnosis/facts.ts';

const WINDOW_MS = 10_000;
/** A gap this many times the mean is more than jitter. */
const FAR_LONGER = 4;
/** More frames than this shorten the window; it is still 4 s at 150 frames a second. */
const MOST = 600;

/** When the frames of one capture came out of its decoder, over the last 10 s. */
export class ArrivalTimes {
  readonly #moments = new Float64Array(MOST);
  #noted = 0;

  /** @param moment - monotonic, in ms */
  note(moment: number): void {
    this.#moments[this.#noted % MOST] = moment;
    this.#noted += 1;
  }

  /** @param now - monotonic, in ms */
  read(now: number): Arrivals | null {
    const moments = [...this.#recent(now), now];
    const first = moments[0];
    if (first === undefined || moments.length < 3) return null;
    const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment));
    const mean = (now - first) / gaps.length;
    const stalled = gaps
      .filter((gap) => gap > FAR_LONGER * mean)
      .reduce((sum, gap) => sum + gap - mean, 0);
    return {
      rate: 1000 / mean,
      longestGapMs: Math.max(...gaps),
      stalledShare: now > first ? stalled / (now - first) : 0,
    };
  }

  #recent(now: number): number[] {
    const count = Math.min(this.#noted, MOST);
    const moments = Array.from(
      { length: count },
      (_, index) => this.#moments[(this.#noted - count + index) % MOST] ?? 0,
    );
    return moments.filter((moment) => moment > now - WINDOW_MS);
  }
}
