import { type Part, runNode } from './part.ts';
import { add, oneOf, type Tally } from './tally.ts';

const SUMS = /^faults: (\d+) passed, (\d+) failed, (\d+) skipped$/m;

/** Each fault of the suite once, on the real thing. */
export const faults: Part = {
  name: 'faults',
  run: async (bench) => {
    const { output, succeeded } = await runNode(bench, 'faults/main.ts', ['--times', '1']);
    return tallyFaults(output, succeeded);
  },
};

/** Reads the suite's last line. @param succeeded - whether the suite itself ended well */
export function tallyFaults(output: string, succeeded: boolean): Tally {
  const [passed, failed, skipped] = SUMS.exec(output)?.slice(1).map(Number) ?? [];
  if (passed === undefined || failed === undefined || skipped === undefined) return oneOf(false);
  const tally = { passed, failed, skipped };
  return failed === 0 && !succeeded ? add(tally, oneOf(false)) : tally;
}
