/** Where time comes from. Everything that waits or measures is given one, so that tests never sleep. */
export interface Clock {
  /** Wall-clock time in ms since the Unix epoch; may jump when somebody sets it. */
  now(): number;
  /** Monotonic time in ms, with fractions; never jumps, comparable only on one host and boot. */
  monotonic(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back every `ms` until the returned function is called. */
  every(ms: number, callback: () => void): () => void;
}

/** Resolves after `ms` of the clock's time. */
export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
