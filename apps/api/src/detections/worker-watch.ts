import type { WorkerPresence } from '@lookout/contracts';
import type { WorkerRoster } from '@lookout/frame-mailbox';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '../status/metrics.ts';
import { CLOCK, WORKER_ROSTER } from '../tokens.ts';

const POLL_MS = 300;

/** What is known of the workers: who beats, or why nobody can say. */
export type WorkersKnown =
  | { readonly away: null; readonly workers: readonly WorkerPresence[] }
  | { readonly away: string; readonly workers: null };

/** Asks the roster so often that a dead worker is missed within 2 s. */
@Injectable()
export class WorkerWatch {
  readonly #listeners = new Set<() => void>();
  #known: WorkersKnown = { away: 'Redis has not answered yet.', workers: null };
  #asking = false;
  #stop: () => void = () => undefined;

  constructor(
    @Inject(WORKER_ROSTER) private readonly roster: WorkerRoster,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    metrics.beforePage(() => {
      metrics.surroundings.workers(this.#known.workers);
    });
  }

  get known(): WorkersKnown {
    return this.#known;
  }

  /** @param listener - called after each asking */
  onAsked(listener: () => void): void {
    this.#listeners.add(listener);
  }

  onModuleInit(): void {
    void this.ask();
    this.#stop = this.clock.every(POLL_MS, () => void this.ask());
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  async ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const askedAt = this.clock.monotonic();
    try {
      this.#known = { away: null, workers: await this.roster.workers() };
      this.metrics.surroundings.redisAnswered(this.clock.monotonic() - askedAt);
    } catch {
      this.#known = { away: 'Redis does not answer.', workers: null };
    } finally {
      this.#asking = false;
    }
    for (const listener of this.#listeners) listener();
  }
}
