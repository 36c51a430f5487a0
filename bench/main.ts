import { resolve } from 'node:path';
import { describeMachine, formatTable } from '@lookout/test-house';
import { readArguments, USAGE } from './arguments.ts';
import { chooseClip } from './house/clip.ts';
import { setUp } from './house/set-up.ts';
import { writeResults } from './report/results.ts';
import { scenarios } from './scenarios/index.ts';
import type { Outcome } from './scenarios/scenario.ts';

const root = resolve(import.meta.dirname, '..');

// What was started ends with this process, however it ends.
for (const news of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
  process.once(news, () => process.exit(130));
}

try {
  const wish = readArguments(process.argv.slice(2));
  if (wish === 'help') console.log(`${USAGE}\n\n${listOfScenarios()}`);
  else process.exitCode = await bench(wish);
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
// The channel of the process that relays signals would keep this one alive.
process.exit(process.exitCode);

async function bench(wish: Exclude<ReturnType<typeof readArguments>, 'help'>): Promise<number> {
  const unknown = wish.only.filter((name) => scenarios.every((one) => one.name !== name));
  if (unknown.length > 0) {
    throw new Error(`there is no scenario ${unknown.join(', ')}\n${listOfScenarios()}`);
  }
  await setUp(root);
  const clip = chooseClip(root, wish.clip);
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  console.log(
    `${machine.processor}, ${String(machine.cores)} cores; ${JSON.stringify(machine.versions)}`,
  );
  const outcomes: Record<string, Outcome> = {};
  for (const scenario of scenarios) {
    if (wish.only.length > 0 && !wish.only.includes(scenario.name)) continue;
    console.log(`\n${scenario.name}: ${scenario.about}`);
    const say = (line: string): void => {
      console.log(`  ${line}`);
    };
    const outcome = await scenario.play({ root, clip, wish, say });
    outcomes[scenario.name] = outcome;
    console.log(`\n${formatTable(outcome.table)}\n`);
    for (const { claim, found, holds } of outcome.findings) {
      console.log(`${holds ? 'holds ' : 'MISSED'}  ${claim}: ${found}`);
    }
  }
  const results = { startedAt, arguments: wish, machine, scenarios: outcomes };
  console.log(`\n${writeResults(resolve(root, 'bench/results'), results)}`);
  const missed = Object.values(outcomes).flatMap((one) => one.findings.filter((f) => !f.holds));
  return missed.length === 0 ? 0 : 1;
}

function listOfScenarios(): string {
  return scenarios.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join('\n');
}
