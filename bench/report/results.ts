import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '@lookout/test-house';
import { z } from 'zod';
import type { BenchArguments } from '../arguments.ts';
import type { Outcome } from '../scenarios/scenario.ts';
import { drawPlot } from './draw-plot.ts';
import { plotSchema } from './plot.ts';

/** Everything that one run of the bench has to say. */
export interface Results {
  readonly startedAt: string;
  readonly arguments: BenchArguments;
  readonly machine: Machine;
  readonly scenarios: Readonly<Record<string, Outcome>>;
}

/** What of the results is needed to draw them. */
const drawableSchema = z.object({
  scenarios: z.record(z.string(), z.object({ plots: z.array(plotSchema).optional() })),
});

/** Keeps the results as JSON. @returns path of the file */
export function writeResults(folder: string, results: Results): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${results.startedAt.replaceAll(':', '-').slice(0, 19)}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}

/**
 * Draws what a file of results has to show, beside it.
 * @returns paths of the SVG files
 * @throws Error when the file holds no results of the bench
 */
export function writePlots(file: string): string[] {
  const { scenarios } = readDrawable(file);
  const plots = Object.values(scenarios).flatMap((outcome) => outcome.plots ?? []);
  return plots.map((plot) => {
    const picture = file.replace(/(\.json)?$/, `-${plot.name}.svg`);
    writeFileSync(picture, drawPlot(plot));
    return picture;
  });
}

function readDrawable(file: string): z.output<typeof drawableSchema> {
  try {
    return drawableSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file} holds no results of the bench`, { cause: error });
  }
}
