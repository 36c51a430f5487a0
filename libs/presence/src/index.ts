export * from './memory.ts';
export * from './presence.ts';
