export * from './frame-mailbox.ts';
export * from './redis-frame-mailbox.ts';
export * from './redis-worker-roster.ts';
export * from './worker-roster.ts';
