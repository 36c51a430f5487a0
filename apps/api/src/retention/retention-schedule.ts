import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { JobQueues } from '../jobs/job-queues.ts';
import { EventRetention } from './event-retention.ts';

const QUEUE = 'retention';
const SCHEDULE = 'events';
const EVERY_MS = 15 * 60_000;

/** Has old events deleted every quarter of an hour, by a job that Redis repeats. */
@Injectable()
export class RetentionSchedule implements OnApplicationBootstrap {
  readonly #logger = new Logger('Retention');

  constructor(
    private readonly queues: JobQueues,
    private readonly retention: EventRetention,
  ) {}

  onApplicationBootstrap(): void {
    this.queues.work(QUEUE, () => this.retention.run(), {
      concurrency: 1,
      removeOnComplete: { count: 1 },
      removeOnFail: { count: 10 },
    });
    // Redis may come back without its memory, and the timetable with it.
    this.queues.onConnected(() => void this.#schedule());
    if (this.queues.connected) void this.#schedule();
  }

  /** In ms since the Unix epoch; `null` while Redis is away. */
  async next(): Promise<number | null> {
    if (!this.queues.connected) return null;
    const schedule = await this.queues
      .queue(QUEUE)
      .getJobScheduler(SCHEDULE)
      .catch(() => undefined);
    return schedule?.next ?? null;
  }

  async #schedule(): Promise<void> {
    try {
      await this.queues.queue(QUEUE).upsertJobScheduler(SCHEDULE, { every: EVERY_MS });
    } catch (error) {
      // It is tried again when Redis is there again.
      this.#logger.warn(`Retention is not scheduled: ${String(error)}`);
    }
  }
}
