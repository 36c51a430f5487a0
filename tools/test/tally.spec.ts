import { expect, test } from 'vitest';
import { tallyFaults } from './faults.ts';
import { tallyTasks } from './nx-targets.ts';
import { tallyReport } from './report.ts';
import { add, inWords, isGood, oneOf } from './tally.ts';

const passing = {
  name: '/here/libs/a.spec.ts',
  status: 'passed',
  message: '',
  assertionResults: [{ fullName: 'a holds', status: 'passed', failureMessages: [] }],
};
const report = (changes: object) =>
  JSON.stringify({
    success: true,
    numPassedTests: 1,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [passing],
    ...changes,
  });
const tallyOf = (json: string | undefined, succeeded: boolean) =>
  tallyReport('node', json, succeeded, '/here');

test('counts what Vitest counts', () => {
  const json = report({ numPassedTests: 4, numPendingTests: 2, numTodoTests: 1 });
  expect(tallyOf(json, true)).toEqual({ passed: 4, failures: [], skipped: 3 });
});

test('counts a file that could not be loaded as a failure', () => {
  const broken = {
    ...{ name: '/here/libs/b.spec.ts', status: 'failed', assertionResults: [] },
    message: "Cannot find package 'b'\n    at somewhere",
  };
  const json = report({ success: false, testResults: [passing, broken] });
  const failures = ["libs/b.spec.ts: Cannot find package 'b'"];
  expect(tallyOf(json, false)).toEqual({ passed: 1, failures, skipped: 0 });
});

test('counts a failed test once, by its file, its name and the first it said', () => {
  const message = 'AssertionError: \u001B[31mexpected 2\u001B[39m\n to be 3\n    at b.spec.ts:4';
  const failed = {
    ...{ name: '/here/libs/b.spec.ts', status: 'failed', message },
    assertionResults: [{ fullName: 'b adds', status: 'failed', failureMessages: [message] }],
  };
  const json = report({ success: false, testResults: [passing, failed] });
  const failures = ['libs/b.spec.ts > b adds: AssertionError: expected 2 to be 3'];
  expect(tallyOf(json, false)).toEqual({ passed: 1, failures, skipped: 0 });
});

test('never takes a run that ended badly for a good one', () => {
  expect(tallyOf(undefined, true).failures).toHaveLength(1);
  expect(tallyOf(report({}), false).failures).toHaveLength(1);
  expect(tallyOf(report({ success: false }), true).failures).toHaveLength(1);
});

test('counts the projects that Nx says are done, from the cache or not', () => {
  const output = [
    '> nx run config:lint',
    '> nx run timing:lint  [local cache]',
    '> nx run api:lint',
    '> nx run api:typecheck',
    'Failed tasks:',
    '- api:lint',
  ].join('\n');
  const tally = tallyTasks('lint', ['config', 'timing', 'api', 'worker'], output, false);
  expect(tally).toEqual({
    ...{ passed: 2, skipped: 0 },
    failures: ['lint of api', 'lint of worker'],
  });
});

test('does not believe that all is done when Nx itself failed', () => {
  expect(tallyTasks('lint', ['api'], '> nx run api:lint', false).failures).toEqual([
    'lint: Nx itself failed',
  ]);
});

test('counts the faults of the suite, each with the first that it missed', () => {
  const output = [
    'worker-kill 1: back',
    'MISSED  disk-full, time 1: live again: after 40 s',
    'MISSED  disk-full, time 1: nothing lost: one event',
    'faults: 20 passed, 1 failed, 2 skipped\n',
  ].join('\n');
  const failures = ['fault disk-full, time 1: live again: after 40 s'];
  expect(tallyFaults(output, false)).toEqual({ passed: 20, failures, skipped: 2 });
});

test('never takes a suite of faults that ended badly for a good one', () => {
  expect(tallyFaults('', true).failures).toHaveLength(1);
  expect(tallyFaults('faults: 20 passed, 0 failed, 0 skipped', false).failures).toHaveLength(1);
  expect(tallyFaults('faults: 20 passed, 2 failed, 0 skipped', false).failures).toHaveLength(2);
});

test('ends in one line', () => {
  const total = add({ passed: 1, failures: [], skipped: 2 }, oneOf('b', false));
  expect(inWords(add(total, oneOf('c', true)))).toBe('2 passed, 1 failed, 2 skipped');
});

test('is good only when something passed and nothing failed', () => {
  expect(isGood({ passed: 1, failures: [], skipped: 5 })).toBe(true);
  expect(isGood({ passed: 9, failures: ['b'], skipped: 0 })).toBe(false);
  expect(isGood({ passed: 0, failures: [], skipped: 5 })).toBe(false);
});
