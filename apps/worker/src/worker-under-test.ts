import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { childEnvironment } from '@lookout/config';
import type { ChildMessage } from '@lookout/contracts';
import { build } from 'vite';

const project = resolve(import.meta.dirname, '..');
const root = resolve(project, '../..');

/** The worker as it is shipped, built to a place of its own. */
export interface BuiltWorker {
  readonly main: string;
  /** A worker whose inferences take as many ms as its argument says, and no processor. */
  readonly light: string;
  remove(): Promise<void>;
}

/** Builds the worker as deep in the checkout as it is shipped, since it finds its models from there. */
export async function buildWorker(): Promise<BuiltWorker> {
  const parent = join(root, 'dist/tests');
  await mkdir(parent, { recursive: true });
  const outDir = await mkdtemp(join(parent, 'worker-'));
  const configFile = join(project, 'vite.config.ts');
  const rolldownOptions = { input: ['src/light-worker.ts'] };
  const options = { outDir, sourcemap: false, rolldownOptions };
  await build({ configFile, logLevel: 'error', build: options });
  return {
    main: join(outDir, 'main.js'),
    light: join(outDir, 'light-worker.js'),
    remove: () => rm(outDir, { recursive: true }),
  };
}

/** A worker process with this test as its supervisor. */
export class WorkerUnderTest {
  readonly process: ChildProcess;
  readonly messages: ChildMessage[] = [];
  readonly exit: Promise<number | string>;
  output = '';

  constructor(
    file: string,
    environment: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ) {
    this.process = fork(file, args, {
      cwd: root,
      env: childEnvironment({ REDIS_URL: undefined, INFERENCE_THREADS: '2', ...environment }),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.process.on('message', (message: ChildMessage) => this.messages.push(message));
    const keep = (chunk: Buffer): void => void (this.output += chunk.toString());
    const { stdout, stderr } = this.process;
    const streams = [stdout, stderr].flatMap((stream) => stream ?? []);
    for (const stream of streams) stream.on('data', keep);
    this.exit = once(this.process, 'exit').then(async ([code, signal]) => {
      await Promise.all(streams.map((stream) => finished(stream)));
      return (code ?? signal) as number;
    });
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** The next thing that it says, or has said, to its supervisor. */
  async message(): Promise<ChildMessage> {
    const [first] = this.messages;
    if (first !== undefined) return first;
    const died = this.exit.then((end) => {
      throw new Error(`the worker ended with ${String(end)}:\n${this.output}`);
    });
    await Promise.race([once(this.process, 'message'), died]);
    return this.message();
  }

  /** Ends it by force if it has not ended. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exit;
  }
}
