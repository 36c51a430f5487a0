import {
  type Freshness,
  freshnessSchema,
  type SupervisedProcess,
  type WorkerPresence,
} from '@lookout/contracts';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const REDIS_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** What surrounds the frames: who looks on, who works, and how far their word can be trusted. */
export class SurroundingsMetrics {
  readonly #viewers: Gauge<'camera'>;
  readonly #freshness: Gauge<'camera' | 'freshness'>;
  readonly #workers: Gauge;
  readonly #redisUp: Gauge;
  readonly #redisSeconds: Histogram;
  readonly #restarts: Counter<'process'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#viewers = new Gauge({
      name: 'lookout_viewers',
      help: 'Viewers that watch the camera',
      labelNames: ['camera'],
      registers,
    });
    this.#freshness = new Gauge({
      name: 'lookout_detection_freshness',
      help: '1 for how far the newest detections can be trusted, 0 for the others',
      labelNames: ['camera', 'freshness'],
      registers,
    });
    this.#workers = new Gauge({
      name: 'lookout_workers',
      help: 'Workers that beat; absent while Redis is away',
      registers,
    });
    this.#redisUp = new Gauge({
      name: 'lookout_redis_up',
      help: '1 while Redis answers',
      registers,
    });
    this.#redisSeconds = new Histogram({
      name: 'lookout_redis_answer_seconds',
      help: 'Time that Redis takes to say which workers beat, asked about three times a second',
      buckets: REDIS_SECONDS,
      registers,
    });
    this.#restarts = new Counter({
      name: 'lookout_process_restarts_total',
      help: 'Times that the supervisor had to start a process again',
      labelNames: ['process'],
      registers,
    });
  }

  /** Replaces what is shown of viewers. */
  viewers(watching: ReadonlyMap<string, number>): void {
    this.#viewers.reset();
    for (const [camera, count] of watching) this.#viewers.set({ camera }, count);
  }

  /** Replaces what is shown of freshness. */
  freshness(cameras: ReadonlyMap<string, Freshness>): void {
    this.#freshness.reset();
    for (const [camera, now] of cameras) {
      for (const freshness of freshnessSchema.options) {
        this.#freshness.set({ camera, freshness }, freshness === now ? 1 : 0);
      }
    }
  }

  /** @param workers - `null`: nobody knows, since Redis is away */
  workers(workers: readonly WorkerPresence[] | null): void {
    this.#redisUp.set(workers === null ? 0 : 1);
    if (workers === null) this.#workers.remove({});
    else this.#workers.set(workers.length);
  }

  redisAnswered(ms: number): void {
    this.#redisSeconds.observe(ms / 1000);
  }

  /** Replaces what is shown of the supervisor's processes. */
  processes(processes: readonly SupervisedProcess[]): void {
    this.#restarts.reset();
    for (const { name, restarts } of processes) this.#restarts.inc({ process: name }, restarts);
  }
}
