import { parseArgs } from 'node:util';

/** What the suite was asked to do. */
export interface FaultArguments {
  /** How often each fault is played. */
  readonly times: number;
  /** Names of faults; empty means all. */
  readonly only: readonly string[];
}

/** What `npm run faults -- --help` says. */
export const USAGE = `npm run faults -- [options]
  --times N       play each fault N times (10)
  --only a,b      these faults alone`;

/** @throws Error for arguments that are not understood */
export function readArguments(args: readonly string[]): FaultArguments | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      times: { type: 'string', default: '10' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const times = Number(values.times);
  if (!Number.isInteger(times) || times < 1) throw new Error('--times must be a whole number');
  return { times, only: values.only.split(',').filter((name) => name !== '') };
}
