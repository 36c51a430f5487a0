import { join } from 'node:path';
import type { Config } from '@lookout/config';
import { resolveModel, type Catalog } from '@lookout/model-catalog';
import {
  measureModel,
  mostThreads,
  type Tuning,
  TuningMemory,
  tuningSubject,
  wasDisturbed,
} from '@lookout/onnx-detector';

/** Asked for by a person, it may take longer than at a worker's start. */
const BUDGET_MS = 20_000;

/**
 * Measures a model on this machine and keeps the result where workers look for it at their start.
 * @param id - `undefined`: the one that workers use by default
 */
export async function tuneModel(
  catalog: Catalog,
  id: string | undefined,
  config: Pick<Config, 'dataDir' | 'inferenceThreads' | 'model' | 'workers'>,
  say: (line: string) => void,
): Promise<void> {
  const model = await resolveModel(catalog, id ?? config.model);
  const most = mostThreads(config.workers);
  if (most === 1) {
    say(`${model.id}: this machine has one core for each worker, there is nothing to choose from`);
    return;
  }
  say(`${model.id}: measuring 1 to ${String(most)} threads, in turns, for a few seconds`);
  const tuning = await measureModel(model, { most, budgetMs: BUDGET_MS, exhaustive: true });
  for (const line of tuningTable(tuning)) say(line);
  const memory = new TuningMemory(join(config.dataDir, 'tuning'), Date.now, say);
  await memory.keep(tuningSubject(model, most), tuning);
  say(`${model.id}: kept; workers use ${String(tuning.threads)} from their next start on`);
  if (wasDisturbed(tuning)) {
    say(
      `others took ${String(tuning.othersPercent)} % of the cores that it needs meanwhile: ` +
        'this counts for an hour, better measure again in a quiet moment',
    );
  }
  if (config.inferenceThreads !== undefined) {
    say(`INFERENCE_THREADS=${String(config.inferenceThreads)} goes before it`);
  }
}

/** What was measured as lines of text, the most threads first. */
export function tuningTable({ threads: chosen, trials }: Tuning): string[] {
  const rows = trials.map(({ threads, fastestMs, medianMs, processorMs }) => [
    String(threads),
    `${fastestMs.toFixed(1)} ms`,
    `${medianMs.toFixed(1)} ms`,
    `${processorMs.toFixed(1)} ms`,
    threads === chosen ? '<- chosen' : '',
  ]);
  const all = [['threads', 'fastest', 'median', 'processor time', ''], ...rows];
  const width = (column: number): number => Math.max(...all.map((row) => row[column]?.length ?? 0));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padStart(column === 4 ? 0 : width(column)))
      .join('  ')
      .trimEnd(),
  );
}
