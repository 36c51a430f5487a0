import { expect, test } from 'vitest';
import { tallyFaults } from './faults.ts';
import { tallyTasks } from './nx-targets.ts';
import { tallyReport } from './report.ts';
import { add, inWords, isGood } from './tally.ts';

const passing = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const report = (changes: object) =>
  JSON.stringify({
    success: true,
    numPassedTests: 1,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [passing],
    ...changes,
  });

test('counts what Vitest counts', () => {
  const json = report({ numPassedTests: 4, numPendingTests: 2, numTodoTests: 1 });
  expect(tallyReport(json, true)).toEqual({ passed: 4, failed: 0, skipped: 3 });
});

test('counts a file that could not be loaded as a failure', () => {
  const broken = { status: 'failed', assertionResults: [] };
  const json = report({ success: false, testResults: [passing, broken] });
  expect(tallyReport(json, false)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('does not count a failed test twice', () => {
  const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  const json = report({ success: false, numFailedTests: 1, testResults: [passing, failed] });
  expect(tallyReport(json, false)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('never takes a run that ended badly for a good one', () => {
  expect(tallyReport(undefined, true).failed).toBe(1);
  expect(tallyReport(report({}), false).failed).toBe(1);
  expect(tallyReport(report({ success: false }), true).failed).toBe(1);
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
  expect(tally).toEqual({ passed: 2, failed: 2, skipped: 0 });
});

test('does not believe that all is done when Nx itself failed', () => {
  expect(tallyTasks('lint', ['api'], '> nx run api:lint', false).failed).toBe(1);
});

test('counts the faults of the suite', () => {
  const output = 'worker-kill 1: back\nfaults: 20 passed, 1 failed, 2 skipped\n';
  expect(tallyFaults(output, false)).toEqual({ passed: 20, failed: 1, skipped: 2 });
});

test('never takes a suite of faults that ended badly for a good one', () => {
  expect(tallyFaults('', true).failed).toBe(1);
  expect(tallyFaults('faults: 20 passed, 0 failed, 0 skipped', false).failed).toBe(1);
});

test('ends in one line', () => {
  const total = add({ passed: 1, failed: 0, skipped: 2 }, { passed: 3, failed: 1, skipped: 0 });
  expect(inWords(total)).toBe('4 passed, 1 failed, 2 skipped');
});

test('is good only when something passed and nothing failed', () => {
  expect(isGood({ passed: 1, failed: 0, skipped: 5 })).toBe(true);
  expect(isGood({ passed: 9, failed: 1, skipped: 0 })).toBe(false);
  expect(isGood({ passed: 0, failed: 0, skipped: 5 })).toBe(false);
});
