/** How often to look, in ms. */
const LOOK_EVERY_MS = 500;

/**
 * Ends this process, as a SIGTERM would, when the npm that runs it is gone: killed hard, npm cannot
 * pass that on, and nobody else would ever stop what it started.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  look.unref();
}
