import { inject, Injectable } from '@angular/core';
import { CLOCK } from './clock.ts';

const PERIOD_MS = 500;

/** Beats twice a second: the pace at which figures on the page are renewed. */
@Injectable({ providedIn: 'root' })
export class Pulse {
  readonly #clock = inject(CLOCK);

  /** @returns ends the calls */
  onBeat(callback: () => void): () => void {
    return this.#clock.every(PERIOD_MS, callback);
  }
}
