import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment, NODE_FLAGS } from '@lookout/config';
import type { ChildMessage } from '@lookout/contracts';

// A worker measures the machine before it is ready, and neighbours may be busy.
const READY_MS = 90_000;
const END_MS = 10_000;

/** One of Lookout's own processes, started as the supervisor starts it. */
export class Child {
  readonly #process: ChildProcess;
  readonly #output: string[] = [];

  private constructor(
    file: string,
    environment: Readonly<Record<string, string>>,
    args: readonly string[],
  ) {
    this.#process = fork(file, args, {
      env: childEnvironment(environment),
      detached: true,
      execArgv: [...NODE_FLAGS],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const end = (): void => void this.#process.kill('SIGTERM');
    process.once('exit', end);
    this.#process.once('exit', () => process.off('exit', end));
    const keep = (chunk: Buffer): void => {
      this.#output.push(chunk.toString());
      if (this.#output.length > 50) this.#output.shift();
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
  }

  /**
   * Starts a built application and waits until it says that it is ready.
   * @throws Error with the application's last words when it does not
   */
  static async start(
    file: string,
    environment: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<{ child: Child; ready: Extract<ChildMessage, { type: 'ready' }> }> {
    const child = new Child(file, environment, args);
    try {
      return { child, ready: await child.#ready() };
    } catch (error) {
      await child.stop();
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${file}: ${reason}\n${child.#output.join('')}`, { cause: error });
    }
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** How it ended, with what it said last; `null` while it runs. */
  get end(): string | null {
    const { exitCode, signalCode } = this.#process;
    if (exitCode === null && signalCode === null) return null;
    return `ended with ${String(exitCode ?? signalCode)}: ${this.#output.at(-1)?.trim() ?? ''}`;
  }

  /** As Ctrl-C does, and after a while by force. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const force = setTimeout(() => this.#process.kill('SIGKILL'), END_MS);
    await gone;
    clearTimeout(force);
  }

  /** At once, as a crash does. */
  async kill(): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }

  #ready(): Promise<Extract<ChildMessage, { type: 'ready' }>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('was not ready in time'));
      }, READY_MS);
      this.#process.on('message', (message: ChildMessage) => {
        if (message.type === 'ready') resolve(message);
        else if (message.type === 'failed') reject(new Error(message.reason));
        else return;
        clearTimeout(timer);
      });
      this.#process.on('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`ended with ${String(code ?? signal)}`));
      });
    });
  }
}
