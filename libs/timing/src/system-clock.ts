import type { Clock } from './clock.ts';

// The three globals below exist alike in Node and in browsers; this library names no platform.
declare const performance: { now(): number; readonly timeOrigin: number };
declare function setTimeout(callback: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare function setInterval(callback: () => void, ms: number): unknown;
declare function clearInterval(timer: unknown): void;

/**
 * Makes the clock of the machine.
 * @param monotonic - reads the monotonic clock in ms; the default counts from the start of the
 *   process, so a process that compares ages with another one passes its host's own clock
 */
export function systemClock(monotonic: () => number = () => performance.now()): Clock {
  return {
    now: () => Date.now(),
    monotonic,
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    every(ms, callback) {
      const timer = setInterval(callback, ms);
      return () => {
        clearInterval(timer);
      };
    },
  };
}
