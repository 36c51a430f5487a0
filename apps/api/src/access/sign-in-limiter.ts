import type { Clock } from '@lookout/timing';

const WINDOW_MS = 60_000;
const MOST_FAILURES = 10;
/** So that a flood from many addresses does not fill the memory. */
const MOST_ADDRESSES = 10_000;

/** Counts failed sign-ins of each address over the last minute. Successful ones are never held up. */
export class SignInLimiter {
  readonly #clock: Clock;
  readonly #failures = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Notes a failure.
   * @returns seconds to wait when there were too many, 0 otherwise
   */
  failed(address: string): number {
    const now = this.#clock.monotonic();
    const recent = (this.#failures.get(address) ?? []).filter((at) => now - at < WINDOW_MS);
    this.#failures.delete(address);
    this.#failures.set(address, recent);
    this.#forgetOldest();
    const [oldest] = recent;
    if (recent.length >= MOST_FAILURES && oldest !== undefined) {
      return Math.ceil((oldest + WINDOW_MS - now) / 1000);
    }
    recent.push(now);
    return 0;
  }

  #forgetOldest(): void {
    if (this.#failures.size <= MOST_ADDRESSES) return;
    for (const address of this.#failures.keys()) {
      this.#failures.delete(address);
      return;
    }
  }
}
