import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import type { SystemFacts } from './diagnosis/facts.ts';

/** Idle and whole time of all cores up to now, in ms. */
export interface ProcessorTimes {
  readonly idle: number;
  readonly all: number;
}

export function readProcessor(): ProcessorTimes {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, all };
}

/** Share of all cores that was busy in between; `null` when no time was counted. */
export function busyBetween(before: ProcessorTimes, after: ProcessorTimes): number | null {
  const all = after.all - before.all;
  return all > 0 ? Math.min(1, Math.max(0, 1 - (after.idle - before.idle) / all)) : null;
}

/** What a process here may have, caches that can be given up included. */
export async function readMemory(): Promise<
  Pick<SystemFacts, 'memoryBytes' | 'memoryAvailableBytes' | 'cores'>
> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1];
  return {
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    memoryAvailableBytes: available === undefined ? freemem() : 1024 * Number(available),
  };
}
