import { z } from 'zod';
import type { Tally } from './tally.ts';

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/**
 * Reads Vitest's JSON report. A file that could not be loaded has no failed test of its own, nor has
 * an error between tests; each counts as a failure.
 * @param json - the report, `undefined` when none was written
 * @param succeeded - whether the run itself ended well
 */
export function tallyReport(json: string | undefined, succeeded: boolean): Tally {
  if (json === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const report = reportSchema.parse(JSON.parse(json));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !(succeeded && report.success) ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
