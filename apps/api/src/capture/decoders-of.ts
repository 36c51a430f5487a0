import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** For tests: ids of the ffmpeg processes that a process began and that have not ended. */
export async function decodersOf(parent: number): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(join('/proc', pid, 'stat'), 'utf8').catch(() => '');
    const [, name, state, begunBy] = /^\d+ \((.*)\) (\S) (\d+)/.exec(stat) ?? [];
    if (name === 'ffmpeg' && state !== 'Z' && Number(begunBy) === parent) found.push(Number(pid));
  }
  return found;
}
