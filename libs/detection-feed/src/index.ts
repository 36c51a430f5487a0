export * from './detection-feed.ts';
