import { forbidTelemetry } from '@lookout/config';
import type { Detection } from '@lookout/contracts';
import {
  letterbox,
  LetterboxResampler,
  readDetections,
  type DetectionWish,
  type Letterbox,
} from '@lookout/detection';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { FrameDecoder } from './frame-decoder.ts';

/** What a detector is made of. */
export interface DetectorOptions {
  /** Path of an ONNX model with a uint8 NHWC input and YOLOv5's output; see `docs/ref/models.md`. */
  readonly file: string;
  /** Names of the model's classes, by id. */
  readonly labels: readonly string[];
  /** Side of the model's square input in pixels. */
  readonly input: number;
  /** Threads of the inference session. */
  readonly threads: number;
  /** Whether they keep the processor while they wait: a little faster alone, dear to all others. Default false. */
  readonly spinning?: boolean;
}

/** What to look for in a frame, and how hard to work. */
export interface DetectionRequest extends DetectionWish {
  /** Runs each inference so many times: the load knob. Default 1. */
  readonly repeat?: number;
}

/** What came of one inference. */
export interface Inference {
  readonly detections: Detection[];
  /** Time in the inference engine in ms, all repeats included. */
  readonly inferenceMs: number;
}

/** What came of one frame. */
export interface FrameInference extends Inference {
  /** Time to decode and letterbox in ms. */
  readonly decodeMs: number;
}

/** The model's file cannot be used; the message says what to do. */
export class BadModel extends Error {
  override readonly name = 'BadModel';
}

/**
 * Looks at JPEG frames with an ONNX Runtime session, one frame at a time. Holds one input tensor
 * and one picture buffer that every frame uses again. Unless it is asked for, the runtime's own
 * threads don't spin while they wait. ONNX Runtime computes on the calling thread, so the event loop stands still during an
 * inference and gets a turn after each repeat.
 */
export class OnnxDetector {
  readonly #session: InferenceSession;
  readonly #options: DetectorOptions;
  readonly #decoder = new FrameDecoder();
  readonly #pixels: Uint8Array;
  readonly #feeds: Record<string, Tensor>;
  readonly #outputName: string;
  #resampler: LetterboxResampler | undefined;

  private constructor(session: InferenceSession, options: DetectorOptions, names: TensorNames) {
    this.#session = session;
    this.#options = options;
    this.#pixels = new Uint8Array(options.input * options.input * 3);
    const shape = [1, options.input, options.input, 3];
    this.#feeds = { [names.input]: new Tensor('uint8', this.#pixels, shape) };
    this.#outputName = names.output;
  }

  /**
   * Loads a model and runs it once, so that the first frame does not pay for what is only done then.
   * @throws BadModel when the file is missing, broken or not such a model
   */
  static async load(options: DetectorOptions): Promise<OnnxDetector> {
    const session = await openSession(options);
    const detector = new OnnxDetector(session, options, tensorNames(session, options));
    await detector.runBare();
    return detector;
  }

  /** Decodes and letterboxes a frame and infers it: `prepare` and `infer` in one. */
  async detect(jpeg: Uint8Array, request: DetectionRequest): Promise<FrameInference> {
    const start = performance.now();
    const place = this.prepare(jpeg);
    const decodeMs = performance.now() - start;
    return { ...(await this.infer(place, request)), decodeMs };
  }

  /**
   * Decodes a frame and letterboxes it into the input tensor.
   * @returns how the frame lies in the input, to be handed to `infer`
   * @throws BadFrame when the frame is not a whole JPEG
   */
  prepare(jpeg: Uint8Array): Letterbox {
    const frame = this.#decoder.decode(jpeg);
    let resampler = this.#resampler;
    const known = resampler?.place.frame;
    if (resampler === undefined || known?.width !== frame.width || known.height !== frame.height) {
      const size = { width: frame.width, height: frame.height };
      resampler = new LetterboxResampler(letterbox(size, this.#options.input));
      this.#resampler = resampler;
    }
    resampler.fill(frame.rgb, this.#pixels);
    return resampler.place;
  }

  /** Infers the frame that was prepared last. */
  async infer(place: Letterbox, request: DetectionRequest): Promise<Inference> {
    const { output, ms } = await this.#run(request.repeat ?? 1);
    const detections = readDetections(output, this.#options.labels, place, request);
    return { detections, inferenceMs: ms };
  }

  /**
   * Runs the session on whatever the input tensor holds and throws the output away: the bare loop
   * that a bench compares with.
   * @returns time in the inference engine in ms
   */
  async runBare(): Promise<number> {
    return (await this.#run(1)).ms;
  }

  /** Frees the session; the detector is not used after. */
  async release(): Promise<void> {
    await this.#session.release();
  }

  async #run(repeat: number): Promise<{ output: Float32Array; ms: number }> {
    let ms = 0;
    for (let turn = 1; ; turn += 1) {
      const start = performance.now();
      const outputs = await this.#session.run(this.#feeds);
      ms += performance.now() - start;
      if (turn < repeat) continue;
      const data = outputs[this.#outputName]?.data;
      if (!(data instanceof Float32Array)) {
        throw new BadModel(`${this.#options.file} gives no float32 output`);
      }
      return { output: data, ms };
    }
  }
}

interface TensorNames {
  readonly input: string;
  readonly output: string;
}

/** Checks that the model takes and gives what it should. */
function tensorNames(session: InferenceSession, options: DetectorOptions): TensorNames {
  const side = String(options.input);
  const rowLength = String(5 + options.labels.length);
  const [input, output] = [session.inputMetadata[0], session.outputMetadata[0]];
  if (describe(input) !== `uint8[1,${side},${side},3]`) {
    throw new BadModel(
      `${options.file} takes ${describe(input)}, not a picture of ${side}x${side} pixels`,
    );
  }
  if (output?.isTensor !== true || !describe(output).match(`^float32\\[1,\\d+,${rowLength}\\]$`)) {
    throw new BadModel(
      `${options.file} gives ${describe(output)}, not rows of ${rowLength} numbers`,
    );
  }
  return { input: session.inputNames[0] ?? '', output: output.name };
}

function describe(value: InferenceSession.ValueMetadata | undefined): string {
  return value?.isTensor === true ? `${value.type}[${value.shape.join()}]` : 'nothing';
}

async function openSession({
  file,
  threads,
  spinning,
}: DetectorOptions): Promise<InferenceSession> {
  forbidTelemetry();
  const allow_spinning = spinning === true ? '1' : '0';
  try {
    return await InferenceSession.create(file, {
      executionProviders: ['cpu'],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      extra: { session: { intra_op: { allow_spinning }, inter_op: { allow_spinning } } },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadModel(`${file} cannot be loaded: ${reason}. Remove it and get it again.`, {
      cause: error,
    });
  }
}
