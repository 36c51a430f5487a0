import { inject, Injectable } from '@angular/core';
import { CLOCK } from '../shell/clock.ts';

const WINDOW_MS = 60_000;
const SLICES = 6;

/**
 * Tells the server's wall-clock time, so that ages are right in a browser whose clock is wrong.
 *
 * `offset` is browser minus server. Every stamp that arrives bounds it from above (nothing arrives
 * before it was stamped) and every `Date` header from below (it is cut to whole seconds). The offset
 * in use is the one nearest to zero that fits all of them: clocks that can agree are taken to agree,
 * so a slow connection is shown as age and never mistaken for a wrong clock.
 */
@Injectable({ providedIn: 'root' })
export class ServerClock {
  readonly #clock = inject(CLOCK);
  /** Smallest upper bound for each sixth of the last minute, so that a drifting clock is followed. */
  readonly #upper = new Map<number, number>();
  readonly #lower = new Map<number, number>();

  /** Notes a moment of the server, in ms since the Unix epoch, that arrived just now. */
  noteStamp(serverMs: number): void {
    const bound = this.#clock.now() - serverMs;
    if (bound < highest(this.#lower)) this.#lower.clear();
    this.#keep(this.#upper, bound, Math.min);
  }

  /** Notes the `Date` header of an answer to a request that was sent at `sentAt` of the browser. */
  noteDate(header: string | null, sentAt: number): void {
    const seconds = Date.parse(header ?? '');
    if (Number.isNaN(seconds)) return;
    const bound = sentAt - (seconds + 1000);
    if (bound > lowest(this.#upper)) this.#upper.clear();
    this.#keep(this.#lower, bound, Math.max);
  }

  /** Browser minus server, in ms. */
  offset(): number {
    return Math.min(Math.max(0, highest(this.#lower)), lowest(this.#upper));
  }

  /** The server's time now, in ms since the Unix epoch. */
  now(): number {
    return this.#clock.now() - this.offset();
  }

  /** How long ago a moment of the server was; never negative. */
  ageOf(serverMs: number): number {
    return Math.max(0, this.now() - serverMs);
  }

  #keep(
    bounds: Map<number, number>,
    bound: number,
    better: (a: number, b: number) => number,
  ): void {
    const slice = Math.floor(this.#clock.monotonic() / (WINDOW_MS / SLICES));
    bounds.set(slice, better(bounds.get(slice) ?? bound, bound));
    for (const old of bounds.keys()) if (old <= slice - SLICES) bounds.delete(old);
  }
}

function lowest(bounds: ReadonlyMap<number, number>): number {
  return Math.min(Infinity, ...bounds.values());
}

function highest(bounds: ReadonlyMap<number, number>): number {
  return Math.max(-Infinity, ...bounds.values());
}
