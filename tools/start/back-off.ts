/** First wait, and the longest, in ms. */
const FIRST_MS = 250;
const LONGEST_MS = 30_000;
/** A run of this length counts as healthy: the next death starts over with a short wait. */
const HEALTHY_MS = 30_000;

/** How long to wait before starting again what died: doubling, until a run is a healthy one. */
export class BackOff {
  #deaths = 0;

  /** @param ranForMs - length of the run that just ended */
  next(ranForMs: number): number {
    if (ranForMs >= HEALTHY_MS) this.#deaths = 0;
    const wait = Math.min(FIRST_MS * 2 ** this.#deaths, LONGEST_MS);
    this.#deaths += 1;
    return wait;
  }
}
