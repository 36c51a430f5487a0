import { type JobQueue, JOB_STATES } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../status/metrics.ts';
import { CLOCK } from '../tokens.ts';
import { JobQueues } from './job-queues.ts';

const EVERY_MS = 10_000;
const KEPT = 90;

type Moment = JobQueue['history'][number];

/** How each queue has been doing of late. */
@Injectable()
export class QueueHistory implements OnModuleInit, OnModuleDestroy {
  readonly #history = new Map<string, Moment[]>();
  #stop: () => void = () => undefined;

  constructor(
    private readonly queues: JobQueues,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.metrics.beforePage(() => this.#show());
    this.#stop = this.clock.every(EVERY_MS, () => void this.#note());
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  /** Each queue as it is now, with what is remembered. */
  async read(): Promise<JobQueue[]> {
    return Promise.all(
      this.queues.names.map(async (name) => ({
        name,
        counts: await this.queues.counts(name),
        history: [...(this.#history.get(name) ?? [])],
      })),
    );
  }

  async #note(): Promise<void> {
    for (const name of this.queues.names) {
      const at = new Date(this.clock.now()).toISOString();
      const counts = await this.queues.counts(name);
      this.#history.set(name, [...(this.#history.get(name) ?? []), { at, counts }].slice(-KEPT));
    }
  }

  async #show(): Promise<void> {
    const { jobs } = this.metrics;
    jobs.reset();
    for (const name of this.queues.names) {
      const counts = await this.queues.counts(name);
      if (counts === null) continue;
      for (const state of JOB_STATES) jobs.set({ queue: name, state }, counts[state]);
    }
  }
}
