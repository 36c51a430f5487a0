export * from './books.ts';
export * from './camera.ts';
export * from './detection.ts';
export * from './frame.ts';
export * from './live-events.ts';
export * from './problem.ts';
export * from './status.ts';
export * from './system.ts';
