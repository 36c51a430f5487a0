export * from './conversion-error.ts';
export * from './convert.ts';
export { readGraphModel, type GraphModel } from './graph-model.ts';
export type { Anchor } from './yolo-head.ts';
