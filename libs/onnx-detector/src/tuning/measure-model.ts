import { availableParallelism, cpus } from 'node:os';
import { env } from 'onnxruntime-node';
import { type DetectorOptions, OnnxDetector } from '../onnx-detector.ts';
import { machineMeter } from './machine-meter.ts';
import { type Tuning, type TuningOptions, tuneThreads } from './tune-threads.ts';
import type { TuningSubject } from './tuning-memory.ts';

/** Beyond this, another worker is worth more than another thread. */
const MOST_THREADS = 8;

/** A model to be measured: what a detector needs, and the checksum that its file has. */
export interface TunableModel extends Omit<DetectorOptions, 'threads'> {
  /** SHA-256 of the file in hexadecimal. */
  readonly sha256: string;
}

/** The most threads that one of so many workers on this machine should use. */
export function mostThreads(workers: number): number {
  const share = Math.floor(availableParallelism() / Math.max(1, workers));
  return Math.max(1, Math.min(share, MOST_THREADS));
}

/** What a measurement of the model on this machine holds for. */
export function tuningSubject(model: TunableModel, most: number): TuningSubject {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    runtime: env.versions.node ?? env.versions.common,
    model: model.sha256,
    most,
  };
}

/**
 * Measures the model on this machine with sessions like the detector's own.
 * @throws BadModel when the model cannot be used
 */
export function measureModel(model: TunableModel, options: TuningOptions): Promise<Tuning> {
  const { file, labels, input } = model;
  return tuneThreads(
    (threads) => OnnxDetector.load({ file, labels, input, threads }),
    options,
    machineMeter(),
  );
}
