import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '@lookout/test-house';
import type { FaultArguments } from '../arguments.ts';
import type { Summary } from './summary.ts';

/** Everything that one run of the suite has to say. */
export interface Results {
  readonly startedAt: string;
  readonly arguments: FaultArguments;
  readonly machine: Machine;
  readonly faults: readonly Summary[];
  /** How the houses ended, where something was wrong with it. */
  readonly ends: readonly string[];
}

/** Keeps the results as JSON. @returns path of the file */
export function writeResults(folder: string, results: Results): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${results.startedAt.replaceAll(':', '-').slice(0, 19)}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}
