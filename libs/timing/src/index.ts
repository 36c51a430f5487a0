export * from './clock.ts';
export * from './manual-clock.ts';
export * from './pacer.ts';
export * from './percentile-window.ts';
export * from './rate-meter.ts';
export * from './system-clock.ts';
