export * from './colour-model.ts';
export * from './graph-builder.ts';
