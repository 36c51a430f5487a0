import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoFootageStep } from './demo-footage.ts';
import { CommandError, runCommand } from './run-command.ts';
import { runSteps, SetupError, type SetupStep, SetupStopped } from './step.ts';

function steps() {
  const done: string[] = [];
  const lines: string[] = [];
  const stop = new AbortController();
  const step = (name: string, work: string | undefined, run?: () => void): SetupStep => ({
    name,
    needed: () => work,
    run: () => {
      done.push(name);
      run?.();
      return Promise.resolve();
    },
  });
  const run = (...list: SetupStep[]) => runSteps(list, stop.signal, (line) => lines.push(line));
  return { done, lines, stop, step, run };
}

test('does what is needed, in order, and says so', async () => {
  const { done, lines, step, run } = steps();
  await run(step('one', 'first'), step('two', undefined), step('three', 'last'));
  expect(done).toEqual(['one', 'three']);
  expect(lines).toEqual(['one: first', 'one: done (0 s)', 'three: last', 'three: done (0 s)']);
});

test('ends with the first step that fails', async () => {
  const { done, step, run } = steps();
  const fail = step('two', 'fails', () => {
    throw new SetupError('no way');
  });
  await expect(run(step('one', 'first'), fail, step('three', 'never'))).rejects.toThrow('no way');
  expect(done).toEqual(['one', 'two']);
});

test('stopped, it finishes the step in hand and begins no other', async () => {
  const { done, lines, stop, step, run } = steps();
  const first = step('one', 'first', () => {
    stop.abort();
  });
  await expect(run(first, step('two', 'never'))).rejects.toThrow(SetupStopped);
  expect(done).toEqual(['one']);
  expect(lines).toContain('one: stopping after this step');
});

test('a step that fails because it was stopped is not a failure', async () => {
  const { stop, step, run } = steps();
  const ended = step('one', 'first', () => {
    stop.abort();
    throw new Error('ended by SIGTERM');
  });
  await expect(run(ended)).rejects.toThrow(SetupStopped);
});

test('footage that cannot be had is told, and stops nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-footage-'));
  try {
    const file = join(folder, 'not-a-folder');
    writeFileSync(file, '');
    const lines: string[] = [];
    const step = demoFootageStep(file, (line) => lines.push(line));
    await runSteps([step], new AbortController().signal, () => undefined);
    expect(lines).toEqual([expect.stringMatching(/^demo footage: going on without a demo camera/)]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a program that fails is reported with the last of what it said', async () => {
  const failing = runCommand('/bin/sh', ['-c', 'echo before; echo why >&2; exit 3']);
  await expect(failing).rejects.toThrow(/ended with 3\nbefore\nwhy$/);
  await expect(runCommand('/nowhere/to/be/found', [])).rejects.toThrow(CommandError);
});

test('a program that may be ended early is, with all that it started', async () => {
  const stop = new AbortController();
  const onOutput = () => {
    stop.abort();
  };
  const long = runCommand('/bin/sh', ['-c', 'echo begun; sleep 300 & wait'], {
    signal: stop.signal,
    onOutput,
  });
  await expect(long).rejects.toThrow('SIGTERM');
});
