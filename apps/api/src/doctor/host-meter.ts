import { access, constants, statfs, unlink, writeFile } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
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

const TRIAL = Buffer.alloc(4096, 'a trial of the disk\n');

/** Room on the disk of a folder, and whether the folder takes a file. */
export async function readDisk(folder: string): Promise<SystemFacts['disk']> {
  const room = await statfs(folder).catch(() => null);
  return {
    bytes: room === null ? null : room.blocks * room.bsize,
    freeBytes: room === null ? null : room.bavail * room.bsize,
    fault: await faultOf(folder),
  };
}

/** Only a write shows that a disk is full, or mounted to be read alone. */
async function faultOf(folder: string): Promise<string | null> {
  const file = join(folder, `.doctor-${String(process.pid)}`);
  try {
    await access(folder, constants.W_OK);
    await writeFile(file, TRIAL, { mode: 0o600 });
    return null;
  } catch (error) {
    return wordsFor(error);
  } finally {
    await unlink(file).catch(() => undefined);
  }
}

function wordsFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const words: Readonly<Record<string, string>> = {
    ENOSPC: 'no room is left on its disk',
    EDQUOT: 'its quota is used up',
    EROFS: 'its disk may only be read',
    EACCES: 'Lookout may not write there',
    EPERM: 'Lookout may not write there',
    ENOENT: 'it is gone',
  };
  return words[code] ?? `the system says ${code}`;
}
