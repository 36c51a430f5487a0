export * from './fair-shares.ts';
export * from './frame-mailbox.ts';
export * from './memory-frame-mailbox.ts';
export * from './memory-worker-roster.ts';
export * from './redis-frame-mailbox.ts';
export * from './redis-worker-roster.ts';
export * from './worker-roster.ts';
