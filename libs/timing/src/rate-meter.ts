import type { Clock } from './clock.ts';

/** Counts how often something happens per second over a sliding window. */
export class RateMeter {
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #moments: number[] = [];
  #startedAt: number;

  /** @param windowMs - length of the window that `rate` looks back on */
  constructor(clock: Clock, windowMs = 5000) {
    this.#clock = clock;
    this.#windowMs = windowMs;
    this.#startedAt = clock.monotonic();
  }

  /** Notes that it happened now. */
  mark(): void {
    this.#moments.push(this.#clock.monotonic());
    this.#forget();
  }

  /** Per second over the window, or over the time since the start while that is shorter (at least 1 s). */
  rate(): number {
    this.#forget();
    const age = this.#clock.monotonic() - this.#startedAt;
    return this.#moments.length / (Math.min(this.#windowMs, Math.max(age, 1000)) / 1000);
  }

  /** Forgets everything and starts anew. */
  reset(): void {
    this.#moments.length = 0;
    this.#startedAt = this.#clock.monotonic();
  }

  #forget(): void {
    const oldest = this.#clock.monotonic() - this.#windowMs;
    const keep = this.#moments.findIndex((moment) => moment > oldest);
    if (keep !== 0) this.#moments.splice(0, keep === -1 ? this.#moments.length : keep);
  }
}
