import type { Config } from '@lookout/config';
import type { HopAges } from '@lookout/detection-feed';
import type { TakenFrame } from '@lookout/frame-mailbox';
import { frameAge } from '@lookout/host';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import {
  type Inspection,
  InspectionFailed,
  type Inspector,
  type LoadedModel,
} from '../detector/inspector.ts';
import { CLOCK, CONFIG, HOST_ID, INSPECTOR } from '../tokens.ts';
import { InferenceDeadline } from './inference-deadline.ts';

/** What came of looking at a frame. `hung`: the inference never came back, and never will. */
export type Inspected =
  | { outcome: 'detected'; model: string; inspection: Inspection; ages: HopAges }
  | { outcome: 'failed'; model: string; reason: string; hung: boolean; ages: HopAges };

class Hung extends Error {}

/** A model that is not in memory after this time never will be: a large one on a slow disk takes seconds. */
const LOAD_MS = 60_000;

/** Looks at one taken frame with its camera's model and settings, for as long as is sensible. */
@Injectable()
export class FrameInspection {
  readonly #clock: Clock;
  readonly #host: string;
  readonly #repeat: number;
  readonly #defaultModel: string;
  readonly #inspector: Inspector;
  readonly #deadline: InferenceDeadline;
  /** Ids of the models that were prepared, by the names that cameras give them. */
  readonly #prepared = new Map<string | null, string>();
  #cutShort: Error | null = null;
  #cut: ((reason: Error) => void) | null = null;

  constructor(
    @Inject(CLOCK) clock: Clock,
    @Inject(HOST_ID) host: string,
    @Inject(CONFIG) config: Pick<Config, 'inferenceRepeat' | 'model'>,
    @Inject(INSPECTOR) inspector: Inspector,
  ) {
    this.#clock = clock;
    this.#host = host;
    this.#repeat = config.inferenceRepeat;
    this.#defaultModel = config.model ?? 'default';
    this.#inspector = inspector;
    this.#deadline = new InferenceDeadline(clock);
  }

  /** Models in memory, by the names that cameras give them. */
  models(): (string | null)[] {
    return [...this.#prepared.keys()].filter((name) => this.#readyId(name) !== undefined);
  }

  /** How long an inspection with one of these models may take at most, in ms. */
  limitMs(models: readonly (string | null)[]): number {
    const ids = models.map((name) => this.#prepared.get(name) ?? name ?? this.#defaultModel);
    return Math.max(...[this.#defaultModel, ...ids].map((id) => this.#deadline.of(id)));
  }

  /**
   * Has a camera's model in memory before its frame is taken, lest the frame grow old meanwhile. Never
   * rejects: a frame that is taken all the same fails with the reason, or hangs in its turn.
   */
  async prepare(model: string | null): Promise<void> {
    await this.#within(LOAD_MS, 'the loading', this.#load(model)).catch(() => undefined);
  }

  /** Never rejects. */
  async inspect({ frame, detection }: TakenFrame): Promise<Inspected> {
    const limitMs = this.limitMs([detection.model]);
    let model = detection.model ?? this.#defaultModel;
    const taken = frameAge(frame, this.#clock, this.#host);
    const takenAt = this.#clock.monotonic();
    const ageAt = (moment: number) => taken + moment - takenAt;
    try {
      const look = async (): Promise<Inspection> => {
        if (this.#cutShort !== null) throw this.#cutShort;
        const loading = this.#load(detection.model);
        // One that is ready is not waited for: the detector gets its frame in this very step.
        model = this.#readyId(detection.model) ?? (await loading).id;
        const { minConfidence, classes } = detection;
        const repeat = this.#repeat;
        return this.#inspector.inspect({
          model,
          jpeg: frame.jpeg,
          minConfidence,
          classes,
          repeat,
        });
      };
      const inspection = await this.#within(limitMs, 'the inference', look());
      this.#deadline.learn(model, inspection.inferenceMs);
      const ages = {
        taken,
        decoded: ageAt(inspection.decodedAt),
        inferred: ageAt(inspection.inferredAt),
      };
      return { outcome: 'detected', model, inspection, ages };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const decodedAt = error instanceof InspectionFailed ? error.decodedAt : undefined;
      const ages = decodedAt === undefined ? { taken } : { taken, decoded: ageAt(decodedAt) };
      return { outcome: 'failed', model, reason, hung: error instanceof Hung, ages };
    }
  }

  /** Ends the present inspection at once as failed, and lets no other begin. */
  cut(reason: string): void {
    this.#cutShort = new Error(reason);
    this.#cut?.(this.#cutShort);
  }

  #readyId(name: string | null): string | undefined {
    const id = this.#prepared.get(name);
    return id !== undefined && this.#inspector.models().includes(id) ? id : undefined;
  }

  async #load(name: string | null): Promise<LoadedModel> {
    const model = await this.#inspector.load(name);
    this.#deadline.expect(model.id, model.trialMs * this.#repeat);
    this.#prepared.set(name, model.id);
    return model;
  }

  #within<Result>(limitMs: number, what: string, work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(limitMs, () => {
        reject(new Hung(`${what} did not end within ${String(Math.round(limitMs / 1000))} s`));
      });
      this.#cut = reject;
      work.then(resolve, reject).finally(() => {
        cancel();
        this.#cut = null;
      });
    });
  }
}
