export * from './redis-link.ts';
export * from './redis-script.ts';
