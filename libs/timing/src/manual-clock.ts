import type { Clock } from './clock.ts';

interface Timer {
  due: number;
  readonly period: number | null;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #wall: number;
  #monotonic = 0;
  readonly #timers = new Set<Timer>();

  /** @param startedAt - wall-clock time to begin at, in ms since the Unix epoch */
  constructor(startedAt = Date.UTC(2026, 0, 1)) {
    this.#wall = startedAt;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(ms: number, callback: () => void): () => void {
    return this.#add({ due: this.#monotonic + ms, period: null, callback });
  }

  every(ms: number, callback: () => void): () => void {
    return this.#add({ due: this.#monotonic + ms, period: ms, callback });
  }

  /** Lets `ms` pass, running each timer that falls due at its own moment and in order. */
  advance(ms: number): void {
    const end = this.#monotonic + ms;
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#moveTo(Math.max(timer.due, this.#monotonic));
      if (timer.period === null) this.#timers.delete(timer);
      else timer.due += timer.period;
      timer.callback();
    }
    this.#moveTo(end);
  }

  /** Like `advance`, and lets promises settle after each timer. */
  async advanceAsync(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    await settle();
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.advance(Math.max(0, timer.due - this.#monotonic));
      await settle();
    }
    this.advance(end - this.#monotonic);
    await settle();
  }

  /** Sets the wall clock, as an administrator or NTP may; monotonic time goes on undisturbed. */
  setWall(now: number): void {
    this.#wall = now;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  }

  #moveTo(moment: number): void {
    this.#wall += moment - this.#monotonic;
    this.#monotonic = moment;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
