import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Part, runTool, type TestBench } from './part.ts';
import { tallyReport } from './report.ts';
import type { Tally } from './tally.ts';

const END_TO_END = 'dashboard-e2e';

/** Unit, conformance and integration tests of everything that runs on Node. */
export const nodeTests: Part = {
  name: 'tests',
  run: (bench) => vitest(bench, 'node', [`--project=!${END_TO_END}`]),
};

/** The whole system, from the command to the page in a real browser. */
export const endToEndTests: Part = {
  name: 'end to end',
  run: (bench) => vitest(bench, END_TO_END, [`--project=${END_TO_END}`]),
};

/** The dashboard's unit tests, which Angular's builder runs. */
export const dashboardTests: Part = {
  name: 'dashboard tests',
  run: (bench) =>
    reported(bench, 'dashboard', () => ['nx', ['test', 'dashboard', '--output-style=static']]),
};

function vitest(bench: TestBench, name: string, which: readonly string[]): Promise<Tally> {
  return reported(bench, name, (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    return ['vitest', ['run', ...which, ...reporters]];
  });
}

async function reported(
  bench: TestBench,
  name: string,
  command: (report: string) => [tool: string, args: string[]],
): Promise<Tally> {
  const folder = join(bench.root, 'dist', 'test-results');
  const report = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(report, { force: true });
  const { succeeded } = await runTool(bench, ...command(report));
  const json = existsSync(report) ? readFileSync(report, 'utf8') : undefined;
  return tallyReport(name, json, succeeded, bench.root);
}
