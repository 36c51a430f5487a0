import type { Clock } from '@lookout/timing';
import { Logger } from '@nestjs/common';
import type { JobQueues } from '../jobs/job-queues.ts';
import type { HeadDelivery, Outbox } from './outbox.ts';
import { longestDelay, type RetryPolicy, wakePause } from './retry-policy.ts';

/** Name of the queue. */
export const WEBHOOKS_QUEUE = 'webhooks';
/** What else makes a job come too late, a lost Redis above all, is found so often. */
const SWEEP_MS = 5000;
/** The database says when a delivery is given up. */
const ATTEMPTS = 100_000;
const FAILED_KEPT = 100;

/** What feeding needs. */
export interface FeederParts {
  readonly outbox: Outbox;
  readonly queues: Pick<JobQueues, 'queue' | 'connected' | 'onConnected'>;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
}

/**
 * Keeps a job in the queue for every delivery whose turn it is, by the delivery's id: however often
 * one is added, it is there once, and one that Redis lost is added again.
 */
export class OutboxFeeder {
  readonly #logger = new Logger('Webhooks');
  readonly #parts: FeederParts;
  readonly #fed = new Set<string>();
  /** When the receiver of each webhook last took a message, in ms since the Unix epoch. */
  readonly #takenAt = new Map<string, number>();
  /** How often each delivery was woken that is not done yet. */
  #wakes: ReadonlyMap<string, number> = new Map();
  #feeding: Promise<void> | null = null;
  #again = false;
  #sweepDue = true;
  #stopped = false;
  #stopSweeps: () => void = () => undefined;

  constructor(parts: FeederParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopSweeps = this.#parts.clock.every(SWEEP_MS, () => {
      this.#sweep();
    });
    this.#parts.queues.onConnected(() => {
      this.#sweep();
    });
    this.#sweep();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopSweeps();
  }

  /** Something new may stand first in its line. Returns at once. */
  feedSoon(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#feeding ??= this.#feedAll().finally(() => {
      this.#feeding = null;
      if (this.#again) this.feedSoon();
    });
  }

  /** A receiver took a message, so what waits long for it need not. Returns at once. */
  wake(webhookId: string): void {
    this.#takenAt.set(webhookId, this.#parts.clock.now());
    this.feedSoon();
  }

  /** Has a delivery that waits for its next try begun at once. */
  hasten(deliveryId: string): void {
    // If Redis is away, a sweep finds it late.
    this.#promote(deliveryId).catch(() => undefined);
  }

  async #promote(deliveryId: string): Promise<void> {
    if (!this.#parts.queues.connected) return;
    const job = await this.#parts.queues.queue(WEBHOOKS_QUEUE).getJob(deliveryId);
    if ((await job?.isDelayed()) === true) await job?.promote();
  }

  #sweep(): void {
    this.#sweepDue = true;
    this.feedSoon();
  }

  async #feedAll(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await this.#feed();
      } catch (error) {
        // The next sweep begins anew.
        this.#logger.warn(
          `Webhooks wait: ${error instanceof Error ? error.message : String(error)}`,
        );
        return;
      }
    }
  }

  #mayFeed(): boolean {
    return !this.#stopped && this.#parts.queues.connected;
  }

  async #feed(): Promise<void> {
    const { outbox, queues, clock } = this.#parts;
    if (!this.#mayFeed()) return;
    if (this.#sweepDue) this.#fed.clear();
    this.#sweepDue = false;
    const heads = await outbox.heads();
    const queue = queues.queue(WEBHOOKS_QUEUE);
    for (const { id, nextAttemptAt } of heads) {
      if (!this.#mayFeed()) return;
      if (this.#fed.has(id)) continue;
      const state = await queue.getJobState(id);
      // Ended in the queue though not in the database: whatever happened, it is to be done.
      if (state === 'failed' || state === 'completed') await queue.remove(id);
      await queue.add(
        'deliver',
        {},
        {
          jobId: id,
          delay: Math.max(0, nextAttemptAt - clock.now()),
          attempts: ATTEMPTS,
          backoff: { type: 'custom' },
          removeOnComplete: true,
          removeOnFail: { count: FAILED_KEPT },
        },
      );
      if (state === 'delayed' && nextAttemptAt <= clock.now()) await this.#promote(id);
      this.#fed.add(id);
    }
    await this.#wakeLong(heads);
  }

  async #wakeLong(heads: readonly HeadDelivery[]): Promise<void> {
    const { outbox, policy, clock } = this.#parts;
    const wakes = new Map<string, number>();
    for (const head of heads) {
      const { id, nextAttemptAt } = head;
      const before = this.#wakes.get(id) ?? 0;
      const mayWake = this.#mayWake(head, before);
      wakes.set(id, before + (mayWake ? 1 : 0));
      // Written down while the clock was fast: it would have to be that late again.
      const isAstray = nextAttemptAt - clock.now() > longestDelay(policy);
      if (!mayWake && !isAstray) continue;
      await outbox.hasten(id, clock.now());
      await this.#promote(id);
    }
    this.#wakes = wakes;
  }

  /** Whether a delivery waits long for a receiver that took something since it was tried. */
  #mayWake({ webhookId, nextAttemptAt, lastAttemptAt }: HeadDelivery, wakes: number): boolean {
    const { policy, clock } = this.#parts;
    const takenAt = this.#takenAt.get(webhookId);
    if (takenAt === undefined || lastAttemptAt === null || takenAt <= lastAttemptAt) return false;
    const isLong = nextAttemptAt - clock.now() > policy.longWaitMs;
    return isLong && clock.now() - lastAttemptAt >= wakePause(policy, wakes);
  }
}
