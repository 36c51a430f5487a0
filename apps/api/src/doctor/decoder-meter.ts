import { readdir, readFile } from 'node:fs/promises';
import type { DecoderLoad } from './diagnosis/facts.ts';

interface ThreadTimes {
  /** Nanoseconds on a core. */
  readonly computing: number;
  /** Nanoseconds of waiting for one. */
  readonly waiting: number;
}

/** What a process' threads have used up to a moment. */
export interface ProcessTimes {
  /** Monotonic, in ms. */
  readonly at: number;
  readonly threads: ReadonlyMap<string, ThreadTimes>;
}

/**
 * Reads what a process' threads have used, from Linux' `schedstat` (nanoseconds on a core, and
 * nanoseconds of waiting for one). `null`: there is no such process, or the system does not tell.
 * @param at - monotonic, in ms
 */
export async function readTimes(pid: number, at: number): Promise<ProcessTimes | null> {
  const folder = `/proc/${String(pid)}/task`;
  const names = await readdir(folder).catch(() => []);
  const threads = new Map<string, ThreadTimes>();
  for (const name of names) {
    const text = await readFile(`${folder}/${name}/schedstat`, 'utf8').catch(() => '');
    const [computing = NaN, waiting = NaN] = text.trim().split(' ').map(Number);
    // A thread may have ended since it was listed.
    if (Number.isFinite(computing) && Number.isFinite(waiting)) {
      threads.set(name, { computing, waiting });
    }
  }
  return threads.size === 0 ? null : { at, threads };
}

/** What the busiest thread did between two readings; `null` when they cannot be compared. */
export function loadBetween(
  before: ProcessTimes | null,
  after: ProcessTimes | null,
): DecoderLoad | null {
  if (before === null || after === null || after.at <= before.at) return null;
  const elapsed = (after.at - before.at) * 1e6;
  let busiest = { computing: 0, waiting: 0 };
  let cores = 0;
  for (const [name, times] of after.threads) {
    const earlier = before.threads.get(name) ?? { computing: 0, waiting: 0 };
    const computing = Math.min(1, Math.max(0, (times.computing - earlier.computing) / elapsed));
    const waiting = Math.min(1, Math.max(0, (times.waiting - earlier.waiting) / elapsed));
    cores += computing;
    if (computing + waiting > busiest.computing + busiest.waiting) busiest = { computing, waiting };
  }
  return { ...busiest, cores };
}
