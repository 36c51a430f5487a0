export * from './frame-traces.ts';
