import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { childEnvironment, readConfig } from '@lookout/config';
import { describeMachine, formatTable } from '@lookout/test-house';
import { type FaultArguments, readArguments, USAGE } from './arguments.ts';
import { faults } from './catalogue/index.ts';
import { Installation } from './house/installation.ts';
import { writeResults } from './report/results.ts';
import { HEADING, missesOf, mostSeen, rowOf } from './report/summary.ts';
import { playAll } from './suite.ts';

const root = resolve(import.meta.dirname, '..');

// What was started ends with this process, however it ends.
for (const news of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
  process.once(news, () => process.exit(130));
}

try {
  const wish = readArguments(process.argv.slice(2));
  if (wish === 'help') console.log(`${USAGE}\n\n${listOfFaults()}`);
  else process.exitCode = await playAndReport(wish);
} catch (error) {
  console.error(`faults: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
// The channel of the process that relays signals would keep this one alive.
process.exit(process.exitCode);

async function playAndReport(wish: FaultArguments): Promise<number> {
  const unknown = wish.only.filter((name) => faults.every((one) => one.name !== name));
  if (unknown.length > 0) {
    throw new Error(`there is no fault ${unknown.join(', ')}\n${listOfFaults()}`);
  }
  await setUp();
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  const { dataDir } = readConfig(undefined, root);
  const installation = await Installation.copyOf(root);
  const chosen = faults.filter(({ name }) => wish.only.length === 0 || wish.only.includes(name));
  const { summaries, ends } = await playAll({
    wish,
    faults: chosen,
    installation,
    clip: resolve(dataDir, 'demo/vtest.mp4'),
    say: (line) => {
      console.log(line);
    },
  }).finally(() => installation.remove());
  const rows = summaries.flatMap((summary) => {
    const fault = chosen.find(({ name }) => name === summary.name);
    return fault === undefined ? [] : [rowOf(fault, summary)];
  });
  console.log(`\n${formatTable([HEADING, ...rows])}\n`);
  console.log('What the operator sees:');
  for (const summary of summaries) console.log(`  ${summary.name}: ${mostSeen(summary)}`);
  const file = writeResults(resolve(root, 'faults/results'), {
    ...{ startedAt, arguments: wish, machine },
    ...{ faults: summaries, ends },
  });
  const misses = [...summaries.flatMap(missesOf), ...ends];
  for (const miss of misses) console.log(`MISSED  ${miss}`);
  console.log(file);
  const skipped = summaries.filter((summary) => summary.skipped !== undefined).length;
  const failed = summaries.filter((summary) => missesOf(summary).length > 0).length;
  const passed = summaries.length - failed - skipped;
  const all = failed + (ends.length > 0 ? 1 : 0);
  console.log(
    `faults: ${String(passed)} passed, ${String(all)} failed, ${String(skipped)} skipped`,
  );
  return all === 0 ? 0 : 1;
}

async function setUp(): Promise<void> {
  const command = spawn(process.execPath, [resolve(root, 'tools/setup/for-suite.ts'), 'faults'], {
    cwd: root,
    env: childEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(command, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the set-up did not end well');
}

function listOfFaults(): string {
  return faults.map(({ name, about }) => `  ${name.padEnd(26)}${about}`).join('\n');
}
