import { parseArgs } from 'node:util';

/** What the bench was asked to do. */
export interface BenchArguments {
  /** Names of scenarios; empty means all. */
  readonly only: readonly string[];
  /** Footage instead of the demo's. */
  readonly clip: string | undefined;
  /** How long each thing is measured altogether. */
  readonly seconds: number;
  /** In how many windows that time is cut, which alternate with the windows of the reference. */
  readonly windows: number;
  /** How long the soak and the deliveries last. */
  readonly minutes: number;
  readonly quick: boolean;
  /** Results of an earlier run, to draw their plots and measure nothing. */
  readonly plots: string | undefined;
}

/** What `npm run bench -- --help` says. */
export const USAGE = `npm run bench -- [options]
  --only a,b      these scenarios alone
  --clip FILE     footage instead of the demo's
  --seconds N     measure each thing for N seconds altogether (24)
  --windows N     in N windows, which alternate with their reference (3)
  --minutes N     let soak and deliveries last N minutes each (1); Ctrl-C ends them early, with a report
  --quick         short windows, done within two minutes: a smoke test, not a measurement
  --plots FILE    draw the plots of an earlier run's JSON anew, beside it`;

/** @throws Error for arguments that are not understood */
export function readArguments(args: readonly string[]): BenchArguments | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      clip: { type: 'string' },
      seconds: { type: 'string' },
      windows: { type: 'string' },
      minutes: { type: 'string' },
      plots: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    only: (values.only ?? '').split(',').filter((name) => name !== ''),
    clip: values.clip,
    seconds: positive('--seconds', values.seconds) ?? (values.quick ? 3 : 24),
    windows: positive('--windows', values.windows) ?? (values.quick ? 1 : 3),
    minutes: positive('--minutes', values.minutes) ?? (values.quick ? 0.15 : 1),
    quick: values.quick,
    plots: values.plots,
  };
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} must be a whole number`);
  return number;
}
