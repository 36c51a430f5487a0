export * from './frame-mailbox.ts';
export * from './worker-roster.ts';
