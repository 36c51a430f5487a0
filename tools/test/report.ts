import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { add, failure, type Tally } from './tally.ts';

const fileSchema = z.object({
  name: z.string(),
  status: z.string(),
  message: z.string(),
  assertionResults: z.array(
    z.object({
      fullName: z.string(),
      status: z.string(),
      failureMessages: z.array(z.string()),
    }),
  ),
});

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(fileSchema),
});

/**
 * Reads Vitest's JSON report. A file that could not be loaded has no failed test of its own, nor has
 * an error between tests; each counts as a failure.
 * @param run - the part of the test run that it reports
 * @param json - the report, `undefined` when none was written
 * @param succeeded - whether the run itself ended well
 * @param root - the folder that the failures' files are named from
 */
export function tallyReport(
  run: string,
  json: string | undefined,
  succeeded: boolean,
  root: string,
): Tally {
  if (json === undefined) return failure(`${run}: ended without a report`);
  const report = reportSchema.parse(JSON.parse(json));
  const tally: Tally = {
    passed: report.numPassedTests,
    failures: report.testResults.flatMap((file) => failuresOf(file, root)),
    skipped: report.numPendingTests + report.numTodoTests,
  };
  const accounted = tally.failures.length > 0 || (succeeded && report.success);
  return accounted ? tally : add(tally, failure(`${run}: an error outside the tests, shown above`));
}

function failuresOf(file: z.infer<typeof fileSchema>, root: string): string[] {
  const path = relative(root, file.name);
  const failed = file.assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0 && file.status === 'failed') return [`${path}: ${brief(file.message)}`];
  return failed.map(
    ({ fullName, failureMessages: [message = ''] }) => `${path} > ${fullName}: ${brief(message)}`,
  );
}

/** An error's message without its stack, which is shown where it happened. */
function brief(message: string): string {
  const [first = ''] = stripVTControlCharacters(message).split(/\n\s+at |\n\n/);
  return first
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .slice(0, 300);
}
