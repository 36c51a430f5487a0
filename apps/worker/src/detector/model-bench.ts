import { hostClock } from '@lookout/host';
import { readCatalog, resolveModel } from '@lookout/model-catalog';
import { OnnxDetector } from '@lookout/onnx-detector';
import {
  type Inspection,
  InspectionFailed,
  type InspectionOrder,
  type LoadedModel,
} from './inspector.ts';
import type { ThreadSettings } from './thread-messages.ts';
import { ThreadTuner } from './thread-tuner.ts';

/** The models in this thread, and the looking itself. */
export class ModelBench {
  readonly #clock = hostClock();
  readonly #models: string;
  readonly #defaultModel: string | undefined;
  readonly #tuner: ThreadTuner;
  readonly #detectors = new Map<string, OnnxDetector>();

  constructor({ models, defaultModel, ...tuner }: ThreadSettings) {
    this.#models = models;
    this.#defaultModel = defaultModel;
    this.#tuner = new ThreadTuner(tuner, () => this.#clock.now());
  }

  async load(name: string | null): Promise<LoadedModel> {
    // Read anew each time: an operator may have got another model meanwhile.
    const catalog = await readCatalog(this.#models);
    const model = await resolveModel(catalog, name ?? this.#defaultModel);
    const { id, file, labels, input } = model;
    const choice = await this.#tuner.choose(model);
    const { threads } = choice;
    const detector = await OnnxDetector.load({ file, labels, input, threads });
    // The first inference prepares memory, and takes longer than any later one.
    await detector.runBare();
    const trialMs = await detector.runBare();
    await this.#detectors.get(id)?.release();
    this.#detectors.set(id, detector);
    return { id, ...choice, trialMs };
  }

  async unload(model: string): Promise<void> {
    const detector = this.#detectors.get(model);
    this.#detectors.delete(model);
    await detector?.release();
  }

  async inspect({ model, jpeg, ...request }: InspectionOrder): Promise<Inspection> {
    const detector = this.#detectors.get(model);
    if (detector === undefined) throw new Error(`model ${model} is not in memory`);
    const place = detector.prepare(jpeg);
    const decodedAt = this.#clock.monotonic();
    try {
      const { detections, inferenceMs } = await detector.infer(place, request);
      return { detections, inferenceMs, decodedAt, inferredAt: this.#clock.monotonic() };
    } catch (error) {
      throw new InspectionFailed(error instanceof Error ? error.message : String(error), decodedAt);
    }
  }
}
