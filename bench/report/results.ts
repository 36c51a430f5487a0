import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '@lookout/test-house';
import type { BenchArguments } from '../arguments.ts';
import type { Outcome } from '../scenarios/scenario.ts';

/** Everything that one run of the bench has to say. */
export interface Results {
  readonly startedAt: string;
  readonly arguments: BenchArguments;
  readonly machine: Machine;
  readonly scenarios: Readonly<Record<string, Outcome>>;
}

/** Keeps the results as JSON. @returns path of the file */
export function writeResults(folder: string, results: Results): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${results.startedAt.replaceAll(':', '-').slice(0, 19)}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}
