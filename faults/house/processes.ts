import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process as /proc shows it. */
export interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  /** As `ps` shows it, without arguments. */
  readonly name: string;
  readonly commandLine: string;
  /** It has ended, and nobody has taken note. */
  readonly dead: boolean;
}

/**
 * Processes that carry this folder in their environment or work in it (Redis writes its title over
 * its environment), and those of their children that have ended and are still there.
 */
export function processesOf(folder: string): SeenProcess[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => look(Number(name)) ?? []);
  const ours = all.filter(({ traces }) => traces.includes(folder));
  const pids = new Set(ours.map(({ pid }) => pid));
  const dead = all.filter((one) => one.dead && pids.has(one.parent));
  return [...ours, ...dead];
}

function look(pid: number): (SeenProcess & { traces: string }) | undefined {
  const stat = read(pid, 'stat');
  const close = stat.lastIndexOf(')');
  const [state, parent] = stat.slice(close + 2).split(' ');
  if (state === undefined || parent === undefined) return undefined;
  return {
    pid,
    parent: Number(parent),
    name: stat.slice(stat.indexOf('(') + 1, close),
    commandLine: read(pid, 'cmdline').replaceAll('\0', ' ').trim(),
    dead: state === 'Z',
    traces: `${read(pid, 'environ')}\0${workingFolder(pid)}`,
  };
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${String(pid)}/cwd`);
  } catch {
    return '';
  }
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    // It has ended meanwhile, or belongs to somebody else.
    return '';
  }
}
