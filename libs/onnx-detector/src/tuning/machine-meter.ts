import { cpus } from 'node:os';

/** Reads what time goes by and who uses the processor; all in ms. */
export interface MachineMeter {
  readonly cores: number;
  /** Monotonic. */
  now(): number;
  /** Processor time that this process has used so far. */
  ownMs(): number;
  /** Processor time that everybody has used so far. */
  allMs(): number;
}

/** The meter of the machine that this runs on. */
export function machineMeter(): MachineMeter {
  return {
    cores: cpus().length,
    now: () => performance.now(),
    ownMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    allMs: () =>
      cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0),
  };
}
