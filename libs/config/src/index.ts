export * from './config.ts';
export * from './child-environment.ts';
export * from './node-flags.ts';
