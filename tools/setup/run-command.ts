import { spawn } from 'node:child_process';

/** How a program is run. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Ends the program early; without it the program always finishes. */
  readonly signal?: AbortSignal | undefined;
  /** Receives each piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** A program failed; the message ends with the last of its output. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** How much of a program's output is kept. */
const KEPT_CHARACTERS = 400_000;

/**
 * Runs a program in a process group of its own, so that Ctrl-C in the terminal does not reach it.
 * @returns its output, both streams as one
 * @throws CommandError when it cannot be run or ends with anything but 0
 */
export function runCommand(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: string) => {
    output = (output + chunk).slice(-KEPT_CHARACTERS);
    options.onOutput?.(chunk);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const stop = () => {
    endGroup(child.pid);
  };
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted === true) stop();
  child.on('error', (error) => {
    reject(new CommandError(`${program} cannot be run (${error.message})`));
  });
  child.on('close', (code, signal) => {
    options.signal?.removeEventListener('abort', stop);
    if (code === 0) resolve(output);
    else
      reject(new CommandError(`${program} ended with ${String(code ?? signal)}\n${tail(output)}`));
  });
  return promise;
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

function tail(output: string): string {
  return output.trim().split('\n').slice(-40).join('\n');
}
