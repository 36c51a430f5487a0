import { spawnSync } from 'node:child_process';

/** Path of the first of these programs that is installed. */
export function findProgram(...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  return undefined;
}
