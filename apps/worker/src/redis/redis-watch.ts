import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Log } from '../log.ts';
import { CLOCK } from '../tokens.ts';

const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;

/** Knows whether Redis answers, says so once at each change, and spaces out what is tried meanwhile. */
@Injectable()
export class RedisWatch {
  readonly #clock: Clock;
  readonly #log: Log;
  #state: 'unknown' | 'there' | 'away' = 'unknown';
  #pauseMs = SHORTEST_PAUSE_MS;
  #givenUp = false;
  #wake: (() => void) | null = null;

  constructor(@Inject(CLOCK) clock: Clock, @Inject(PinoLogger) log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Whether the last attempt was answered. */
  get there(): boolean {
    return this.#state === 'there';
  }

  answered(): void {
    if (this.#state === 'away') this.#log.info({}, 'Redis answers again');
    this.#state = 'there';
    this.#pauseMs = SHORTEST_PAUSE_MS;
  }

  /** An attempt failed; resolves when the next one may be made. */
  async failed(error: unknown): Promise<void> {
    if (this.#state !== 'away') {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.warn({ reason }, `Redis does not answer (${reason}); trying again until it does`);
    }
    this.#state = 'away';
    await this.#pause();
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /**
   * Tries again and again until it works.
   * @param latest - monotonic time after which a failure is final
   * @returns `undefined` when it never did
   */
  async insist<Result>(
    attempt: () => Promise<Result>,
    latest: number,
  ): Promise<Result | undefined> {
    for (;;) {
      try {
        const result = await attempt();
        this.answered();
        return result;
      } catch (error) {
        await this.failed(error);
        if (this.#givenUp || this.#clock.monotonic() > latest) return undefined;
      }
    }
  }

  /** From now on nothing is tried a second time. */
  giveUp(): void {
    this.#givenUp = true;
    this.#wake?.();
  }

  #pause(): Promise<void> {
    if (this.#givenUp) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        this.#wake = null;
        resolve();
      };
      const cancel = this.#clock.after(this.#pauseMs, done);
      this.#wake = done;
    });
  }
}
