import { execFileSync } from 'node:child_process';

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly zombie: boolean;
}

/** Whether a process is there; one that has ended and waits to be reaped is not. */
export function isAlive(pid: number): boolean {
  return table().some((entry) => entry.pid === pid && !entry.zombie);
}

/** A process and all that descend from it. */
export function family(pid: number): number[] {
  const entries = table();
  const below = (parent: number): number[] => [
    parent,
    ...entries.filter((entry) => entry.parent === parent).flatMap((entry) => below(entry.pid)),
  ];
  return below(pid);
}

function table(): Entry[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' });
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, state] = line.trim().split(/\s+/);
      return {
        pid: Number(pid),
        parent: Number(parent),
        zombie: state?.startsWith('Z') === true,
      };
    });
}
