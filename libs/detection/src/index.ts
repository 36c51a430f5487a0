export * from './candidate.ts';
export * from './detections.ts';
export * from './letterbox.ts';
export * from './resample.ts';
export * from './suppression.ts';
export * from './yolo-output.ts';
