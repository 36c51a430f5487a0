import type { INestApplication } from '@nestjs/common';

const LONGEST_STOP_MS = 6000;

/**
 * Closes everything on SIGTERM or SIGINT, and when the supervisor is gone: nobody else would stop
 * this process then.
 */
export function stopOnSignal(app: INestApplication): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`lookout-api did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
}
