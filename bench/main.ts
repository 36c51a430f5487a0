import { resolve } from 'node:path';
import { describeMachine, formatTable } from '@lookout/test-house';
import { type BenchArguments, readArguments, USAGE } from './arguments.ts';
import { chooseClip } from './house/clip.ts';
import { setUp } from './house/set-up.ts';
import { formatFinding } from './report/finding.ts';
import { writePlots, writeResults } from './report/results.ts';
import { scenarios } from './scenarios/index.ts';
import type { Outcome, Scenario } from './scenarios/scenario.ts';

const ECHO_MS = 1000;

const root = resolve(import.meta.dirname, '..');
const enough = new AbortController();
let playing: Scenario | undefined;

// What was started ends with this process, however it ends.
for (const news of ['SIGTERM', 'SIGHUP', 'disconnect'] as const) {
  process.once(news, () => process.exit(130));
}
let toldAt = -Infinity;
process.on('SIGINT', () => {
  // A terminal tells npm and this process, and npm passes it on: one Ctrl-C, not two.
  if (performance.now() - toldAt < ECHO_MS) return;
  toldAt = performance.now();
  if (playing?.endsEarly !== true || enough.signal.aborted) process.exit(130);
  console.log('  enough: here is the report so far');
  enough.abort();
});

try {
  const wish = readArguments(process.argv.slice(2));
  if (wish === 'help') console.log(`${USAGE}\n\n${listOfScenarios()}`);
  else if (wish.plots !== undefined) showPlots(resolve(wish.plots));
  else process.exitCode = await bench(wish);
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
// The channel of the process that relays signals would keep this one alive.
process.exit(process.exitCode);

async function bench(wish: BenchArguments): Promise<number> {
  const unknown = wish.only.filter((name) => scenarios.every((one) => one.name !== name));
  if (unknown.length > 0) {
    throw new Error(`there is no scenario ${unknown.join(', ')}\n${listOfScenarios()}`);
  }
  const chosen = choose(wish);
  const withBrowser = chosen.some(({ needsBrowser = false }) => needsBrowser);
  await setUp(root, withBrowser);
  const clip = chooseClip(root, wish.clip);
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  console.log(
    `${machine.processor}, ${String(machine.cores)} cores; ${JSON.stringify(machine.versions)}`,
  );
  const outcomes: Record<string, Outcome> = {};
  for (const scenario of chosen) {
    if (enough.signal.aborted) break;
    outcomes[scenario.name] = await play(scenario, wish, clip);
  }
  const results = { startedAt, arguments: wish, machine, scenarios: outcomes };
  showPlots(writeResults(resolve(root, 'bench/results'), results));
  return sumUp(Object.values(outcomes));
}

function choose({ only, quick }: BenchArguments): Scenario[] {
  return scenarios.filter(({ name, onlyByName = false, notQuick }) => {
    if (only.length > 0) return only.includes(name);
    if (!quick || notQuick === undefined) return !onlyByName;
    console.log(`${name}: left out, ${notQuick}`);
    return false;
  });
}

async function play(scenario: Scenario, wish: BenchArguments, clip: string): Promise<Outcome> {
  const began = performance.now();
  console.log(`\n${scenario.name}: ${scenario.about}`);
  const say = (line: string): void => {
    console.log(`  ${line}`);
  };
  playing = scenario;
  const outcome = await scenario
    .play({ root, clip, wish, enough: enough.signal, say })
    .catch(brokenOff);
  playing = undefined;
  if (outcome.table.length > 0) console.log(`\n${formatTable(outcome.table)}\n`);
  for (const finding of outcome.findings) console.log(formatFinding(finding));
  console.log(`(${((performance.now() - began) / 1000).toFixed(0)} s)`);
  return outcome;
}

/** What the other scenarios have found is not lost with one that could not be played to its end. */
function brokenOff(error: unknown): Outcome {
  const found = error instanceof Error ? error.message : String(error);
  const claim = 'the scenario can be played to its end';
  return { table: [], findings: [{ claim, found, holds: false }], measured: null };
}

/** @returns the exit code */
function sumUp(outcomes: readonly Outcome[]): number {
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  const of = (verdict: boolean | null): number =>
    findings.filter(({ holds }) => holds === verdict).length;
  console.log(`${String(of(true))} hold, ${String(of(false))} missed, ${String(of(null))} unknown`);
  return of(false) === 0 ? 0 : 1;
}

function showPlots(file: string): void {
  console.log(`\n${[file, ...writePlots(file)].join('\n')}\n`);
}

function listOfScenarios(): string {
  return scenarios.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join('\n');
}
