export * from './frame-decoder.ts';
export * from './onnx-detector.ts';
