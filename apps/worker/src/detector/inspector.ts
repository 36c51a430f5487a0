import type { Detection } from '@lookout/contracts';
import type { ThreadChoice } from './thread-tuner.ts';

/** What to look for in one frame. */
export interface InspectionOrder {
  /** Id of a model in the catalog. */
  readonly model: string;
  readonly jpeg: Uint8Array;
  readonly minConfidence: number;
  /** Labels to report; empty means all. */
  readonly classes: readonly string[];
  /** How often the inference is run. */
  readonly repeat: number;
}

/** What was seen, and when each step was done, in ms of the host's monotonic clock. */
export interface Inspection {
  readonly detections: readonly Detection[];
  /** Time in the inference engine, all repeats included. */
  readonly inferenceMs: number;
  readonly decodedAt: number;
  readonly inferredAt: number;
}

/** Looking at a frame came to nothing. */
export class InspectionFailed extends Error {
  override readonly name = 'InspectionFailed';

  /**
   * @param message - tells an operator why this frame could not be looked at
   * @param decodedAt - when it was decoded, in ms of the host's monotonic clock; `undefined`: never
   */
  constructor(
    message: string,
    readonly decodedAt: number | undefined,
  ) {
    super(message);
  }
}

/** A model in memory. */
export interface LoadedModel extends ThreadChoice {
  readonly id: string;
  /** How long one inference took when it was tried after loading, in ms. */
  readonly trialMs: number;
}

/** Looks at frames, one at a time. */
export interface Inspector {
  /**
   * Brings a model into memory, or does nothing when it is there.
   * @param model - id in the catalog; `null` is the installation's default
   * @throws Error whose message tells an operator why it cannot be used
   */
  load(model: string | null): Promise<LoadedModel>;
  /** @throws InspectionFailed, or another Error whose message is for an operator */
  inspect(order: InspectionOrder): Promise<Inspection>;
  /** Ids of the models in memory, the default one first. */
  models(): readonly string[];
  /** Resolves when it has ended and can look at nothing any more. */
  readonly died: Promise<Error>;
  /**
   * Ends it between two steps of its work, and resolves when it has: a process that ended over
   * native code at work would be aborted.
   */
  end(): Promise<void>;
}
