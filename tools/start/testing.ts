import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ChildSpec } from './supervised-child.ts';

const APP = fileURLToPath(new URL('../fixtures/children/app.mjs', import.meta.url));

/** How the fixture's child behaves. */
export type Behaviour =
  'run' | 'keeping' | 'deaf' | 'misconfigured' | 'failed' | 'short' | 'still' | 'beating';

/** A child that speaks with its supervisor, as the api and the workers do. */
export function appChild(name: string, behaviour: Behaviour = 'run'): ChildSpec {
  return {
    name,
    standstillMs: 300,
    launch: () =>
      fork(APP, [behaviour], { detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }),
  };
}

/** A child that sends no message, with a child of its own. */
export function familyChild(name: string): ChildSpec {
  return {
    name,
    answers: () => Promise.resolve(),
    launch: () =>
      spawn('/bin/sh', ['-c', 'sleep 300 & echo "child $!"; wait'], {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
  };
}

/** Whether a process is there; one that has ended and waits to be reaped is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}
