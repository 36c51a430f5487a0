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

/** Processor time that the whole machine has used so far, and what its host gave to others, in ms. */
export function machineMs(): { busy: number; stolen: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, stolen = 0] = line
    .split(/\s+/)
    .slice(1)
    .map((ticks) => (Number(ticks) * 1000) / TICKS_PER_SECOND);
  return { busy: user + nice + system + irq + soft, stolen };
}

/**
 * Measures the processor time of several processes over a stretch of time, in % of one core, and
 * besides `others`: all that the rest of the machine used or lost, which no figure can be trusted
 * beside when it is large.
 */
export class ProcessorMeter {
  readonly #startedAt = performance.now();
  readonly #machine = machineMs();
  readonly #own = processorMs(process.pid);
  readonly #before: ReadonlyMap<string, { pid: number; ms: number }>;

  constructor(pids: Readonly<Record<string, number>>) {
    this.#before = new Map(
      Object.entries(pids).map(([name, pid]) => [name, { pid, ms: processorMs(pid) }]),
    );
  }

  /** By the names that were given. */
  percent(): Record<string, number> {
    const elapsed = performance.now() - this.#startedAt;
    const percent = (ms: number): number => (100 * ms) / elapsed;
    const known = [...this.#before].map(
      ([name, { pid, ms }]) => [name, processorMs(pid) - ms] as const,
    );
    const { busy, stolen } = machineMs();
    const all = busy - this.#machine.busy + stolen - this.#machine.stolen;
    const own = processorMs(process.pid) - this.#own;
    const others = known.reduce((rest, [, ms]) => rest - ms, all - own);
    return Object.fromEntries([
      ...known.map(([name, ms]) => [name, percent(ms)] as const),
      ['others', Math.max(0, percent(others))],
    ]);
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
