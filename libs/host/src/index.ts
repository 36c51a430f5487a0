export * from './host.ts';
export * from './priority.ts';
