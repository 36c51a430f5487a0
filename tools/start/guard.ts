import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('guard.sh', import.meta.url));

/**
 * A small process that outlives this one just long enough to end the process groups left behind
 * when this one is killed. Killed itself, it is started again.
 */
export class Guard {
  readonly #groups = new Set<number>();
  #shell: ChildProcess;
  #open = true;

  constructor() {
    this.#shell = this.#start();
  }

  /** A process group to end if this process is killed. */
  add(group: number): void {
    this.#groups.add(group);
    this.#tell(`add ${String(group)}`);
  }

  /** That group has ended. */
  drop(group: number): void {
    this.#groups.delete(group);
    this.#tell(`drop ${String(group)}`);
  }

  /** Ends the guard, and with it whatever group is still there. */
  async close(): Promise<void> {
    this.#open = false;
    const gone = this.#shell.exitCode !== null || this.#shell.signalCode !== null;
    const ended = gone ? undefined : once(this.#shell, 'exit');
    this.#shell.stdin?.end();
    await ended;
  }

  #start(): ChildProcess {
    const shell = spawn('/bin/sh', [SCRIPT], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    shell.stdin.on('error', () => undefined);
    shell.on('exit', () => {
      if (!this.#open) return;
      this.#shell = this.#start();
      for (const group of this.#groups) this.#tell(`add ${String(group)}`);
    });
    return shell;
  }

  #tell(line: string): void {
    this.#shell.stdin?.write(`${line}\n`);
  }
}
