export * from './detection-feed.ts';
export * from './memory-detection-feed.ts';
export * from './redis-detection-feed.ts';
