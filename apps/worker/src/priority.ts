import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Of all of the worker's threads; ffmpeg and the api run at 0. */
const NICENESS = 10;

/**
 * Lets the live view go first. On Linux a priority belongs to a thread, and a new thread inherits
 * its maker's: those that Node has made by now are lowered one by one, later ones follow.
 */
export function yieldToLiveView(): void {
  for (const thread of threadsOf(process.pid)) {
    try {
      setPriority(thread, NICENESS);
    } catch (error) {
      // A thread may have ended since it was listed.
      if (thread === process.pid) throw error;
    }
  }
}

function threadsOf(pid: number): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [pid];
  }
}
