export * from './redis-link.ts';
