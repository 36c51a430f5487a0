/**
 * Thins a stream of frames to a rate that is kept against the clock: over any long time exactly
 * `fps`, from a faster source, with the frame nearest to each due moment. Due moments are
 * `period` apart whatever the arrival of frames does, so errors never add up; after a pause longer
 * than `catchUp` periods the schedule begins anew instead of bursting.
 */
export class Pacer {
  readonly #period: number;
  readonly #catchUp: number;
  #due: number | undefined;
  #last: number | undefined;
  #interval: number | undefined;

  /**
   * @param fps - wanted rate
   * @param catchUp - how many periods of lateness may be made good by frames that come sooner
   */
  constructor(fps: number, catchUp = 1) {
    this.#period = 1000 / fps;
    this.#catchUp = catchUp;
  }

  /** Whether the frame that arrives at `now` (monotonic ms) is to be passed on. */
  accept(now: number): boolean {
    this.#learn(now);
    if (this.#due === undefined) {
      this.#due = now + this.#period;
      return true;
    }
    // Half the source's interval early is nearer to the due moment than the next frame will be.
    const tolerance = Math.min((this.#interval ?? 0) / 2, this.#period / 2);
    if (now < this.#due - tolerance) return false;
    this.#due += this.#period;
    if (now - this.#due > this.#catchUp * this.#period) this.#due = now + this.#period;
    return true;
  }

  #learn(now: number): void {
    if (this.#last !== undefined) {
      const interval = now - this.#last;
      // A pause says nothing about the source's rate: it may count for two intervals at most.
      this.#interval =
        this.#interval === undefined
          ? interval
          : this.#interval + (Math.min(interval, 2 * this.#interval + 1) - this.#interval) / 16;
    }
    this.#last = now;
  }
}
