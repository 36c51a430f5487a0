import type { Clock } from '@lookout/timing';

const BURST = 200;
const PER_SECOND = 50;

/** How many events one viewer may still send: enough for a wall of cameras, not for a flood. */
export class EventAllowance {
  readonly #clock: Clock;
  #left = BURST;
  #at: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = clock.monotonic();
  }

  /** @returns whether one more is allowed */
  spend(): boolean {
    const now = this.#clock.monotonic();
    this.#left = Math.min(BURST, this.#left + ((now - this.#at) / 1000) * PER_SECOND);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
