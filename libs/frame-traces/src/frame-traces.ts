import type { FrameId } from '@lookout/contracts';

/** Where traces go, and how many. */
export interface TraceSettings {
  /** Base address of an OTLP receiver over HTTP; `/v1/traces` is added. */
  readonly endpoint: string;
  /** Sent with each export. */
  readonly headers: Readonly<Record<string, string>>;
  /** Share of the frames that are traced, 0 to 1. */
  readonly ratio: number;
}

/** Names a process in the traces. */
export interface TracedService {
  readonly name: string;
  /** Tells it from others of the same name. */
  readonly instance: string;
}

/** A frame with the moment of its capture in ms since the Unix epoch: enough to name its trace. */
export type TracedFrame = Pick<FrameId, 'cameraId' | 'epoch' | 'sequence'> & {
  readonly capturedAt: number;
};

/** One stretch of a frame's way; ages since its capture, in ms. */
export interface Stretch {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** What becomes known of a frame at the end of its way. */
export interface FrameEnd {
  /** Age since its capture, in ms. */
  readonly to: number;
  readonly model: string;
  readonly worker: string;
  /** Why it could not be looked at, in words; `undefined`: it was. */
  readonly failure?: string | undefined;
}

/**
 * Traces of inferred frames. Each has a root span, from the capture to the end of the way, and below
 * it a span for each stretch, whichever process tells of it: names of traces and of their root spans
 * follow from the frame alone, so nothing travels with it. Exporting never delays or fails a caller.
 */
export interface FrameTraces {
  /** Whether this frame is among those that are traced; every process says the same of it. */
  wants(frame: TracedFrame): boolean;
  /** Adds stretches to a frame's trace. */
  stretches(frame: TracedFrame, stretches: readonly Stretch[]): void;
  /** Adds a frame's root span. */
  end(frame: TracedFrame, end: FrameEnd): void;
  /** Exports what is left, within a second. */
  close(): Promise<void>;
}

/** Traces nothing, at no cost. */
export const NO_TRACES: FrameTraces = {
  wants: () => false,
  stretches: () => undefined,
  end: () => undefined,
  close: () => Promise.resolve(),
};

/**
 * Opens traces by OTLP over HTTP; without settings OpenTelemetry's packages are not even loaded.
 * @param settings - `undefined`: nothing is traced
 * @param onTrouble - told when exporting fails; once while the words stay the same
 */
export async function openFrameTraces(
  settings: TraceSettings | undefined,
  service: TracedService,
  onTrouble: (words: string) => void,
): Promise<FrameTraces> {
  if (settings === undefined) return NO_TRACES;
  const { OtlpFrameTraces } = await import('./otlp-frame-traces.ts');
  return new OtlpFrameTraces(settings, service, onTrouble);
}
