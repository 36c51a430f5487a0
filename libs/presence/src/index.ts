export * from './memory.ts';
export * from './presence.ts';
export { ended } from './stay.ts';
