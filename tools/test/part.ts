import { join } from 'node:path';
import { childEnvironment, SETTING_NAMES } from '@lookout/config';
import { CommandError, runCommand } from '../setup/run-command.ts';
import type { Tally } from './tally.ts';

/** What a part of the test run works with. */
export interface TestBench {
  readonly root: string;
  readonly signal: AbortSignal;
  /** Shows output as it comes. */
  readonly show: (text: string) => void;
}

/** One part of the test run. */
export interface Part {
  readonly name: string;
  run(bench: TestBench): Promise<Tally>;
}

/** How a program ended, and what it said. */
export interface Outcome {
  readonly succeeded: boolean;
  readonly output: string;
}

/** The environment for tests: what a person has set for running Lookout must not change them. */
export function testEnvironment(): Record<string, string> {
  const unset = Object.fromEntries(SETTING_NAMES.map((name) => [name, undefined]));
  return childEnvironment({ ...unset, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' });
}

/** Runs one of the project's tools (`node_modules/.bin`) and shows what it says. */
export function runTool(bench: TestBench, tool: string, args: readonly string[]): Promise<Outcome> {
  return runNode(bench, `node_modules/.bin/${tool}`, args);
}

/**
 * Runs a program on this Node and shows what it says.
 * @param program - path from the project's root
 */
export async function runNode(
  { root, signal, show }: TestBench,
  program: string,
  args: readonly string[],
): Promise<Outcome> {
  let output = '';
  const onOutput = (text: string) => {
    output += text;
    show(text);
  };
  try {
    const env = testEnvironment();
    const command = [join(root, program), ...args];
    await runCommand(process.execPath, command, { cwd: root, env, signal, onOutput });
    return { succeeded: true, output };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { succeeded: false, output };
  }
}
