import { resolve } from 'node:path';
import { SetupError, SetupStopped } from '../setup/step.ts';
import { listenForStop, type StopRequest } from '../start/stop-request.ts';
import { faults } from './faults.ts';
import { format } from './format.ts';
import { nxTarget } from './nx-targets.ts';
import type { Part, TestBench } from './part.ts';
import { setUpForTests } from './set-up.ts';
import { add, failure, inWords, isGood, NOTHING, type Tally } from './tally.ts';
import { dashboardTests, endToEndTests, nodeTests } from './vitest.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PARTS: readonly Part[] = [
  format,
  nxTarget('typecheck'),
  nxTarget('lint'),
  nodeTests,
  dashboardTests,
  endToEndTests,
  faults,
];

process.exitCode = await main(process.argv.slice(2), listenForStop());
// The signal listeners and the channel of the relaying process would keep this one alive.
process.exit();

async function main(names: readonly string[], stop: StopRequest): Promise<number> {
  const parts = PARTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const unknown = names.find((name) => !PARTS.some((part) => part.name === name));
  if (unknown !== undefined) {
    const known = PARTS.map(({ name }) => `"${name}"`).join(', ');
    console.error(`There are no tests called "${unknown}"; there are ${known}`);
    return 64;
  }
  try {
    await setUpForTests(ROOT, stop.signal);
  } catch (error) {
    if (error instanceof SetupStopped) return stop.exitCode();
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    console.log(inWords(failure('set-up')));
    return 1;
  }
  const total = await runParts(parts, stop.signal);
  if (stop.signal.aborted) return stop.exitCode();
  console.log(inWords(total));
  return isGood(total) ? 0 : 1;
}

async function runParts(parts: readonly Part[], signal: AbortSignal): Promise<Tally> {
  const show = (text: string) => {
    process.stdout.write(text);
  };
  const bench: TestBench = { root: ROOT, signal, show };
  const lines: string[] = [];
  let total = NOTHING;
  for (const part of parts) {
    if (signal.aborted) break;
    console.log(`\n=== ${part.name}`);
    const began = performance.now();
    const tally = await part.run(bench);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    lines.push(`${part.name.padEnd(16)} ${inWords(tally)} (${seconds} s)`);
    total = add(total, tally);
  }
  // Once more at the end: of a long run's output often only the tail is at hand.
  if (total.failures.length > 0) console.log(`\nFailed:\n- ${total.failures.join('\n- ')}`);
  console.log(`\n${lines.join('\n')}\n`);
  return total;
}
