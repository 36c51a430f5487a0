import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { type Clock, systemClock } from '@lookout/timing';

/**
 * The machine's clock, with a monotonic time that all processes of this host share (Linux'
 * CLOCK_MONOTONIC), so that an age can be measured across processes.
 */
export function hostClock(): Clock {
  return systemClock(() => Number(process.hrtime.bigint()) / 1e6);
}

/**
 * Names this host and boot: two processes with the same id may compare their monotonic times. Where
 * the boot cannot be told, the id is unique to the process, so that nothing is compared wrongly.
 */
export function hostId(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${hostname()}:${boot}`;
  } catch {
    return `${hostname()}:${String(process.pid)}:${String(process.hrtime.bigint())}`;
  }
}

/**
 * Age of a frame in ms: by the monotonic clock on the host that captured it, elsewhere by wall
 * clocks (never below 0), which are only as good as the hosts' time synchronisation.
 */
export function frameAge(
  frame: { readonly capturedAt: number; readonly capturedMonotonic: number; readonly host: string },
  clock: Clock,
  host: string,
): number {
  const age =
    frame.host === host
      ? clock.monotonic() - frame.capturedMonotonic
      : clock.now() - frame.capturedAt;
  return Math.max(0, age);
}
