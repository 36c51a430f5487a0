import { type Clock, PercentileWindow } from '@lookout/timing';

const SHORTEST_MS = 10_000;
const MEDIANS = 20;

/** How long an inference may take before it counts as hung: far beyond what the model usually takes. */
export class InferenceDeadline {
  readonly #clock: Clock;
  readonly #models = new Map<string, { trialMs: number; took: PercentileWindow }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A model was loaded, and a first inference with all its repeats can be expected to take so long. */
  expect(model: string, trialMs: number): void {
    if (this.#models.has(model)) return;
    this.#models.set(model, { trialMs, took: new PercentileWindow(this.#clock) });
  }

  /** An inference ended. */
  learn(model: string, inferenceMs: number): void {
    this.#models.get(model)?.took.add(inferenceMs);
  }

  /** In ms; also for a model that was never loaded. */
  of(model: string): number {
    const known = this.#models.get(model);
    const usual = known?.took.percentiles()?.p50 ?? known?.trialMs ?? 0;
    return Math.max(SHORTEST_MS, MEDIANS * usual);
  }
}
