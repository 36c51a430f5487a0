/** Somebody wants this process to end. */
export interface StopRequest {
  readonly signal: AbortSignal;
  /** Exit code of a command that was stopped before it was done, as shells have it. */
  exitCode(): number;
}

const NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Listens for SIGINT, SIGTERM and SIGHUP, for the end of the process that
 * relays them and for that of the reader of the output. A second
 * request changes nothing: Ctrl-C comes twice, from the terminal and from npm.
 */
export function listenForStop(): StopRequest {
  const controller = new AbortController();
  let number: number = NUMBERS.SIGTERM;
  const stop = (received: number) => {
    if (controller.signal.aborted) return;
    number = received;
    controller.abort();
  };
  for (const [name, value] of Object.entries(NUMBERS)) {
    process.on(name, () => {
      stop(value);
    });
  }
  // Nobody reads any more what is printed.
  process.stdout.on('error', () => {
    stop(NUMBERS.SIGHUP);
  });
  process.once('disconnect', () => {
    stop(NUMBERS.SIGHUP);
  });
  return { signal: controller.signal, exitCode: () => 128 + number };
}
