import { type Part, runNode } from './part.ts';
import { add, failure, type Tally } from './tally.ts';

const SUMS = /^faults: (\d+) passed, (\d+) failed, (\d+) skipped$/m;
const MISSED = /^MISSED {2}(.+)$/gm;

/** Each fault of the suite once, on the real thing. */
export const faults: Part = {
  name: 'faults',
  run: async (bench) => {
    const { output, succeeded } = await runNode(bench, 'faults/main.ts', ['--times', '1']);
    return tallyFaults(output, succeeded);
  },
};

/** Reads the suite's last lines. @param succeeded - whether the suite itself ended well */
export function tallyFaults(output: string, succeeded: boolean): Tally {
  const [passed, failed, skipped] = SUMS.exec(output)?.slice(1).map(Number) ?? [];
  if (passed === undefined || failed === undefined || skipped === undefined) {
    return failure('faults: ended without a result');
  }
  const tally = { passed, failures: failuresIn(output, failed), skipped };
  return failed === 0 && !succeeded ? add(tally, failure('faults: did not end well')) : tally;
}

/** As many as the suite counts: a fault that missed several claims is one, with its first. */
function failuresIn(output: string, failed: number): string[] {
  const missed = [...output.matchAll(MISSED)].map(([, line = '']) => `fault ${line}`);
  const firsts = new Map(missed.toReversed().map((line) => [line.split(', time ')[0], line]));
  const named = [...firsts.values()].toReversed();
  return Array.from({ length: failed }, (_, i) => named[i] ?? 'a fault, shown above');
}
