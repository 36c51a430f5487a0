import { readFileSync, readdirSync } from 'node:fs';

// USER_HZ: what /proc counts in, 100 on every Linux that Node runs on.
const TICKS_PER_SECOND = 100;

/** Processor time that a process has used so far, all of its threads, in ms; 0 when it is gone. */
export function processorMs(pid: number): number {
  const fields = statOf(pid);
  return ((Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) * 1000) / TICKS_PER_SECOND;
}

/** Processes that `pid` has started and that have this name. */
export function childrenNamed(pid: number, name: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((candidate) => {
      const stat = readStat(candidate);
      return Number(statOf(candidate)?.[1]) === pid && stat?.includes(`(${name})`) === true;
    });
}

/** Measures the processor time of several processes over a stretch of time, in % of one core. */
export class ProcessorMeter {
  readonly #startedAt = performance.now();
  readonly #before: ReadonlyMap<string, { pid: number; ms: number }>;

  constructor(pids: Readonly<Record<string, number>>) {
    this.#before = new Map(
      Object.entries(pids).map(([name, pid]) => [name, { pid, ms: processorMs(pid) }]),
    );
  }

  /** By the names that were given. */
  percent(): Record<string, number> {
    const elapsed = performance.now() - this.#startedAt;
    return Object.fromEntries(
      [...this.#before].map(([name, { pid, ms }]) => [
        name,
        (100 * (processorMs(pid) - ms)) / elapsed,
      ]),
    );
  }
}

/** The fields of /proc/PID/stat from the third (the state) on. */
function statOf(pid: number): string[] | undefined {
  const stat = readStat(pid);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}
