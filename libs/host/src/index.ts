export * from './host.ts';
export * from './priority.ts';
export * from './trust-system-certificates.ts';
