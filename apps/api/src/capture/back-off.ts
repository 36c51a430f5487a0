const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/** How long to wait before another try: longer each time, and never in step with others. */
export class BackOff {
  readonly #random: () => number;
  #tries = 0;

  /** @param random - from 0 to 1, as `Math.random` */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** @returns ms; 1 s to 30 s, and up to a fifth less */
  next(): number {
    const full = Math.min(FIRST_MS * 2 ** this.#tries, LONGEST_MS);
    this.#tries = Math.min(this.#tries + 1, 10);
    return full * (1 - 0.2 * this.#random());
  }

  /** All is well again: the next wait is the shortest. */
  reset(): void {
    this.#tries = 0;
  }
}
