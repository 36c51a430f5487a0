export * from './frame-decoder.ts';
export * from './onnx-detector.ts';
export {
  threadLadder,
  type ThreadTrial,
  type Tuning,
  type TuningOptions,
} from './tuning/tune-threads.ts';
export * from './tuning/measure-model.ts';
export { TuningMemory, type TuningSubject, wasDisturbed } from './tuning/tuning-memory.ts';
