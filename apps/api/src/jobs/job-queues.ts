import type { Config } from '@lookout/config';
import { type JobCounts, JOB_STATES } from '@lookout/contracts';
import { type Clock, sleep } from '@lookout/timing';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type Job, Queue, Worker, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { CLOCK, CONFIG } from '../tokens.ts';
import { connectForJobs } from './job-connection.ts';

const PREFIX = 'lookout:jobs';
/** A process that died leaves its jobs to the next one after this time. */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5000;
/** Events that BullMQ keeps for listeners, of which Lookout has none. */
const EVENTS_KEPT = 10;
const CLOSING_MS = 2000;
const COUNTING_MS = 500;

/** What a job carries: little, since the database knows the rest. */
export type JobData = Readonly<Record<string, unknown>>;

/** Does one job; what it throws makes BullMQ try again, as often as the job says. */
export type JobHandler = (job: Job<JobData, void>, token?: string) => Promise<void>;

/** How a worker works, in BullMQ's own words. */
export type JobWorkerOptions = Pick<
  WorkerOptions,
  'concurrency' | 'removeOnComplete' | 'removeOnFail' | 'settings'
>;

/**
 * BullMQ's queues and workers, all on one connection of their own (a worker has a second, to wait
 * on). The Redis behind them keeps nothing on disk: what must not be lost is in the database first,
 * and is put into the queue again when Redis lost it, with the same job id.
 */
@Injectable()
export class JobQueues implements OnApplicationShutdown {
  readonly #logger = new Logger('Jobs');
  readonly #redis: Redis;
  readonly #clock: Clock;
  readonly #queues = new Map<string, Queue<JobData, void>>();
  readonly #workers: Worker<JobData, void>[] = [];

  constructor(@Inject(CONFIG) { redisUrl = '' }: Config, @Inject(CLOCK) clock: Clock) {
    this.#redis = connectForJobs(redisUrl);
    this.#clock = clock;
  }

  /** Whether Redis can be asked now; else what is asked of a queue waits until it is back. */
  get connected(): boolean {
    return this.#redis.status === 'ready';
  }

  get names(): string[] {
    return [...this.#queues.keys()];
  }

  /** Calls back each time that Redis is there again, perhaps without its memory. */
  onConnected(listener: () => void): void {
    this.#redis.on('ready', listener);
  }

  /** The queue of this name, which is made when it is asked for first. */
  queue(name: string): Queue<JobData, void> {
    const queue =
      this.#queues.get(name) ??
      new Queue<JobData, void>(name, {
        connection: this.#redis,
        prefix: PREFIX,
        streams: { events: { maxLen: EVENTS_KEPT } },
      });
    if (!this.#queues.has(name)) {
      queue.on('error', (error) => {
        this.#failed(error);
      });
      this.#queues.set(name, queue);
    }
    return queue;
  }

  /** Has the jobs of a queue done from now on. */
  work(name: string, handler: JobHandler, options: JobWorkerOptions): void {
    this.queue(name);
    const worker = new Worker<JobData, void>(name, handler, {
      ...options,
      connection: this.#redis,
      prefix: PREFIX,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      // The process may die as often as it likes; who gives up is decided elsewhere.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 1000,
    });
    worker.on('error', (error) => {
      this.#failed(error);
    });
    this.#workers.push(worker);
  }

  /** @returns `null` while Redis is away or does not answer soon */
  async counts(name: string): Promise<JobCounts | null> {
    if (!this.connected) return null;
    const found = await Promise.race([
      this.queue(name)
        .getJobCounts(...JOB_STATES)
        .catch(() => null),
      sleep(this.#clock, COUNTING_MS).then(() => null),
    ]);
    if (found === null) return null;
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = found;
    return { waiting, active, delayed, failed };
  }

  async onApplicationShutdown(): Promise<void> {
    const closing = Promise.allSettled([
      ...this.#workers.map((worker) => worker.close(!this.connected)),
      ...[...this.#queues.values()].map((queue) => queue.close()),
    ]);
    await Promise.race([closing, sleep(this.#clock, CLOSING_MS)]);
    this.#redis.disconnect();
  }

  #failed(error: Error): void {
    // That Redis is away was said by its connection.
    if (this.connected) this.#logger.debug(error.message);
  }
}
