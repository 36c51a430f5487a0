import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../tokens.ts';

/** Between polls right after work, when the next frame is near. */
const SOONEST_MS = 25;
/** Between polls of an idle worker: each costs about 0.4 ms in all, and a ring is sooner anyway. */
const LATEST_MS = 200;

/**
 * Says when to look for a frame again: after a while that grows while there is nothing, or at once
 * when the mailbox' doorbell rings. Polling alone must do, since rings can be lost.
 */
@Injectable()
export class FrameBell {
  readonly #clock: Clock;
  #pollMs = SOONEST_MS;
  #rung = false;
  #silenced = false;
  #wake: (() => void) | null = null;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#clock = clock;
  }

  /** A frame may be there. */
  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** There was a frame: the polls begin short again. */
  worked(): void {
    this.#pollMs = SOONEST_MS;
  }

  /** Until somebody rings or the next poll is due. */
  async wait(): Promise<void> {
    if (!this.#rung && !this.#silenced) await this.#pause();
    this.#rung = false;
  }

  /** Ends the present wait, and every later one at once. */
  silence(): void {
    this.#silenced = true;
    this.#wake?.();
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        this.#wake = null;
        resolve();
      };
      const cancel = this.#clock.after(this.#pollMs, () => {
        this.#pollMs = Math.min(this.#pollMs * 1.5, LATEST_MS);
        done();
      });
      this.#wake = done;
    });
  }
}
