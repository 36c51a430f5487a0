import type { CameraState, Hop } from '@lookout/contracts';
import { cameraStateSchema } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { CLOCK } from '../tokens.ts';
import { BookMetrics } from './book-metrics.ts';
import { SurroundingsMetrics } from './surroundings-metrics.ts';

const AGE_SECONDS = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10];
const INFERENCE_SECONDS = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5, 10];
const WORKER_SERIES_MS = 600_000;

/** What Prometheus may read. Names are part of the contract; `docs/ref/metrics.md` explains them. */
@Injectable()
export class Metrics {
  readonly #registry = new Registry();
  readonly captured = this.#counter(
    'lookout_frames_captured_total',
    'Frames read from the camera',
    ['camera'],
  );
  readonly broken = this.#counter(
    'lookout_frames_broken_total',
    'Frames that came out of the decoder and are no whole pictures',
    ['camera'],
  );
  readonly refused = this.#counter(
    'lookout_frames_refused_total',
    'Frames for the detector that the mailbox did not take',
    ['camera'],
  );
  readonly viewerDropped = this.#counter(
    'lookout_viewer_frames_dropped_total',
    'Frames that a slow viewer missed',
    ['camera'],
  );
  readonly lateResults = this.#counter(
    'lookout_results_late_total',
    'Results older than the newest one shown, counted and not sent',
    ['camera'],
  );
  readonly tokensRefused = this.#counter(
    'lookout_tokens_refused_total',
    'Wrong tokens that were shown to sign in, with a call or with a socket',
    ['with'],
  );
  readonly captureRestarts = this.#counter(
    'lookout_capture_restarts_total',
    'Times that a capture ended and was started again, by the reason',
    ['camera', 'reason'],
  );
  readonly #age = this.#histogram(
    'lookout_frame_age_seconds',
    'Age of a frame since its capture at each hop of its journey',
    ['camera', 'hop'],
    AGE_SECONDS,
  );
  readonly #inference = this.#histogram(
    'lookout_inference_seconds',
    'Time in the inference engine, all repeats included',
    ['camera', 'model', 'worker'],
    INFERENCE_SECONDS,
  );
  readonly #state = new Gauge({
    name: 'lookout_camera_state',
    help: '1 for the state that the camera is in, 0 for the others',
    labelNames: ['camera', 'state'],
    registers: [this.#registry],
  });
  readonly jobs = new Gauge({
    name: 'lookout_jobs',
    help: 'Jobs in a queue of work that must not be lost; absent while Redis is away',
    labelNames: ['queue', 'state'],
    registers: [this.#registry],
  });
  readonly books = new BookMetrics(this.#registry);
  readonly surroundings = new SurroundingsMetrics(this.#registry);

  readonly #lastInference = new Map<string, number>();
  readonly #beforePage: (() => void | Promise<void>)[] = [];

  /** For measures of parts that are not always there. */
  get registry(): Registry {
    return this.#registry;
  }

  constructor(@Inject(CLOCK) private readonly clock: Clock) {
    for (const shownWith of ['sign-in', 'call', 'socket']) {
      this.tokensRefused.inc({ with: shownWith }, 0);
    }
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Counters begin at zero rather than at their first event, so that a first event shows as one. */
  begin(camera: string): void {
    const { captured, broken, refused, viewerDropped, lateResults } = this;
    for (const counter of [captured, broken, refused, viewerDropped, lateResults]) {
      counter.inc({ camera }, 0);
    }
  }

  age(camera: string, hop: Hop, ms: number): void {
    this.#age.observe({ camera, hop }, ms / 1000);
  }

  inference(camera: string, model: string, worker: string, ms: number): void {
    this.#inference.observe({ camera, model, worker }, ms / 1000);
    this.#lastInference.set(worker, this.clock.monotonic());
  }

  state(camera: string, current: CameraState): void {
    for (const state of cameraStateSchema.options) {
      this.#state.set({ camera, state }, state === current ? 1 : 0);
    }
  }

  /** @param renew - called before each page, for what is looked up rather than noted as it happens */
  beforePage(renew: () => void | Promise<void>): void {
    this.#beforePage.push(renew);
  }

  /** Takes a deleted camera's series away. */
  async forgetCamera(camera: string): Promise<void> {
    await this.#forget((labels) => labels['camera'] === camera);
  }

  /** The page that Prometheus reads, and its content type. */
  async page(): Promise<{ text: string; contentType: string }> {
    await this.#forgetIdleWorkers();
    for (const renew of this.#beforePage) await renew();
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  /** A worker's id is new at each start: series of those that are gone would pile up. */
  async #forgetIdleWorkers(): Promise<void> {
    const oldest = this.clock.monotonic() - WORKER_SERIES_MS;
    for (const [worker, last] of this.#lastInference) {
      if (last >= oldest) continue;
      this.#lastInference.delete(worker);
      await this.#forget((labels) => labels['worker'] === worker);
    }
  }

  async #forget(matches: (labels: Partial<Record<string, string | number>>) => boolean) {
    const metrics: Removable[] = [
      this.captured,
      this.broken,
      this.refused,
      this.viewerDropped,
      this.lateResults,
      this.captureRestarts,
      this.#state,
      this.#age,
      this.#inference,
    ];
    for (const metric of metrics) {
      const { values } = await metric.get();
      for (const { labels } of values.filter(({ labels }) => matches(labels))) {
        metric.remove(withoutBucket(labels));
      }
    }
  }

  #counter<T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram<T extends string>(
    name: string,
    help: string,
    labelNames: readonly T[],
    buckets: number[],
  ): Histogram<T> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.#registry] });
  }
}

type Labels = Partial<Record<string, string | number>>;

function withoutBucket(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== 'le'));
}

interface Removable {
  get(): Promise<{ values: { labels: Labels }[] }>;
  remove(labels: Labels): void;
}
