import type { Clock } from '@lookout/timing';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import type { JobData, JobQueues } from '../jobs/job-queues.ts';
import type { HttpSender } from './http-sender.ts';
import type { Attempt, Outbox, Parcel } from './outbox.ts';
import { type OutboxFeeder, WEBHOOKS_QUEUE } from './outbox-feeder.ts';
import { nextTry, type RetryPolicy } from './retry-policy.ts';

/** There are never more. */
export const MOST_WEBHOOKS = 32;
/** So many tries of one webhook at once, so that a dead one never takes another's place. */
const AT_ONCE = 4;
const BUSY_MS = 500;
/** The database did not take what came of a try, which must not lead to a flood of tries. */
const NOT_NOTED_MS = 30_000;
const GONE = 410;

/** What delivering needs. */
export interface CourierParts {
  readonly outbox: Outbox;
  readonly queues: Pick<JobQueues, 'work'>;
  readonly feeder: Pick<OutboxFeeder, 'feedSoon' | 'wake'>;
  readonly sender: Pick<HttpSender, 'send'>;
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly chance: () => number;
}

/** The try did not succeed, and another comes. */
class TryAgain extends Error {
  override readonly name = 'TryAgain';
  readonly inMs: number;

  constructor(reason: string, inMs: number) {
    super(reason);
    this.inMs = inMs;
  }
}

/** Takes each delivery whose turn it is to its receiver, and writes down what came of it. */
export class Courier {
  readonly #parts: CourierParts;
  /** Webhook of each delivery that is on its way. */
  readonly #underWay = new Map<string, string>();
  readonly #stop = new AbortController();

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#parts.queues.work(WEBHOOKS_QUEUE, (job, token) => this.#deliver(job, token), {
      concurrency: MOST_WEBHOOKS * AT_ONCE,
      settings: {
        backoffStrategy: (_tries, _type, error) =>
          error instanceof TryAgain ? error.inMs : NOT_NOTED_MS,
      },
    });
  }

  /** Breaks off what is on its way; it begins anew another time. */
  stop(): void {
    this.#stop.abort();
  }

  async #deliver(job: Job<JobData, void>, token: string | undefined): Promise<void> {
    const { id = '' } = job;
    // A job that seemed lost came a second time while the first still runs.
    if (this.#underWay.has(id) || this.#isStopping()) return;
    const parcel = await this.#parts.outbox.parcel(id);
    if (parcel === null || this.#underWay.has(id)) return;
    if (this.#busyWith(parcel.webhookId) >= AT_ONCE) {
      await job.moveToDelayed(this.#parts.clock.now() + BUSY_MS, token);
      throw new DelayedError();
    }
    this.#underWay.set(id, parcel.webhookId);
    try {
      const attempt = await this.#try(parcel);
      if (this.#isStopping() && attempt.answerStatus === null) {
        throw new TryAgain('Lookout stops', 1000);
      }
      await this.#parts.outbox.note(id, attempt);
      this.#conclude(parcel.webhookId, attempt);
    } finally {
      this.#underWay.delete(id);
    }
  }

  /** @throws what tells BullMQ of a try that did not succeed */
  #conclude(webhookId: string, { state, at, nextAttemptAt, reason }: Attempt): void {
    if (state === 'waiting') {
      throw new TryAgain(
        reason ?? '',
        Math.max(0, (nextAttemptAt ?? at) - this.#parts.clock.now()),
      );
    }
    if (state === 'delivered') this.#parts.feeder.wake(webhookId);
    else this.#parts.feeder.feedSoon();
    if (state === 'failed') throw new UnrecoverableError(reason ?? '');
  }

  async #try(parcel: Parcel): Promise<Attempt> {
    const { sender, policy, clock, chance } = this.#parts;
    const begun = clock.monotonic();
    const at = clock.now();
    const timeout = AbortSignal.timeout(policy.timeoutMs);
    let answerStatus: number | null = null;
    let reason: string | null;
    try {
      const signal = AbortSignal.any([this.#stop.signal, timeout]);
      answerStatus = await sender.send(parcel, at, signal);
      reason = reasonOf(answerStatus);
    } catch (error) {
      reason = timeout.aborted
        ? `There was no answer within ${String(policy.timeoutMs / 1000)} s`
        : wordsOf(error);
    }
    const answerMs = Math.round(clock.monotonic() - begun);
    const done = { at, nextAttemptAt: null, answerStatus, answerMs, reason };
    if (reason === null) return { ...done, state: 'delivered' };
    if (answerStatus === GONE) return { ...done, state: 'failed', disable: reason };
    const { createdAt, attempts } = parcel;
    const nextAttemptAt = nextTry(policy, {
      ...{ createdAt, now: clock.now(), tries: attempts + 1, chance: chance() },
    });
    if (nextAttemptAt !== null) return { ...done, nextAttemptAt, state: 'waiting' };
    return { ...done, state: 'failed', failBefore: at - policy.giveUpAfterMs };
  }

  #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  #busyWith(webhookId: string): number {
    return [...this.#underWay.values()].filter((id) => id === webhookId).length;
  }
}

/** Why an answer is none that was hoped for; `null` when it is. */
function reasonOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status === GONE) return 'The receiver answered that it is gone for good (410)';
  if (status >= 300 && status < 400) {
    return `The receiver answered with a redirect (${String(status)}), which is not followed`;
  }
  return `The receiver answered ${String(status)}`;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Happy eyeballs report all addresses that were tried in one error without words.
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join('; ');
  return error.message;
}
