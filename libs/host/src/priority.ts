import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Lowers the priority of the whole process, so that others go first.
 *
 * On Linux a priority belongs to a thread, and a new thread inherits its maker's: those that Node
 * has made by now are lowered one by one, later ones follow. And where the kernel groups processes
 * by session (`sched_autogroup_enabled`, as most distributions have it), it shares the processor out
 * between sessions first, whatever the priorities inside: a process that leads a session of its own
 * lowers that one too. In a session that it shares with others it leaves that to them.
 * @param niceness - 0 (as others) to 19 (last)
 */
export function lowerPriority(niceness: number): void {
  for (const thread of threads()) {
    try {
      setPriority(thread, niceness);
    } catch (error) {
      // A thread may have ended since it was listed.
      if (thread === process.pid) throw error;
    }
  }
  if (leadsSession()) lowerSession(niceness);
}

function threads(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}

function leadsSession(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(session) === process.pid;
  } catch {
    return false;
  }
}

function lowerSession(niceness: number): void {
  try {
    writeFileSync('/proc/self/autogroup', String(niceness));
  } catch {
    // This kernel does not group by session.
  }
}
