export * from './book-keeping.ts';
export * from './lookout-rest.ts';
export * from './machine.ts';
export * from './table.ts';
