export * from './config.ts';
export * from './child-environment.ts';
