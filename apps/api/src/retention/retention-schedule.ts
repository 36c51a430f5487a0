import type { Clock } from '@lookout/timing';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { JobQueues } from '../jobs/job-queues.ts';
import { CLOCK } from '../tokens.ts';
import { EventRetention } from './event-retention.ts';

const QUEUE = 'retention';
const SCHEDULE = 'events';
const EVERY_MS = 15 * 60_000;
/** Redis can lose its memory without losing its connections. */
const CHECK_MS = 5000;
/** A timetable whose time has passed so long has lost its job. */
const OVERDUE_MS = 60_000;
/** One that is further ahead was made while the clock was fast; it would be kept for as long. */
const FARTHEST_MS = EVERY_MS + OVERDUE_MS;

/** Has old events deleted every quarter of an hour, by a job that Redis repeats. */
@Injectable()
export class RetentionSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Retention');
  #checking = false;
  #stopChecks: () => void = () => undefined;

  constructor(
    private readonly queues: JobQueues,
    private readonly retention: EventRetention,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.queues.work(QUEUE, () => this.retention.run(), {
      concurrency: 1,
      removeOnComplete: { count: 1 },
      removeOnFail: { count: 10 },
    });
    this.queues.onConnected(() => void this.#keepScheduled());
    this.#stopChecks = this.clock.every(CHECK_MS, () => void this.#keepScheduled());
    void this.#keepScheduled();
  }

  onModuleDestroy(): void {
    this.#stopChecks();
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

  async #keepScheduled(): Promise<void> {
    if (!this.queues.connected || this.#checking) return;
    this.#checking = true;
    try {
      const queue = this.queues.queue(QUEUE);
      const ahead = ((await queue.getJobScheduler(SCHEDULE))?.next ?? 0) - this.clock.now();
      if (ahead > -OVERDUE_MS && ahead < FARTHEST_MS) return;
      // Else the new timetable would go on from the time of the old one.
      if (ahead >= FARTHEST_MS) await queue.removeJobScheduler(SCHEDULE);
      await queue.upsertJobScheduler(SCHEDULE, { every: EVERY_MS });
    } catch (error) {
      // It is tried again in a moment.
      this.#logger.warn(`Retention is not scheduled: ${String(error)}`);
    } finally {
      this.#checking = false;
    }
  }
}
