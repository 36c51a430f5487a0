import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment, SETTING_NAMES } from '@lookout/config';
import { LookoutRest } from '@lookout/test-house';
import { processesOf, type SeenProcess } from './processes.ts';

const READY_MS = 90_000;
/** As the contract has it. */
const END_MS = 10_000;
/** Names of files that wait for their place. */
const UNFINISHED = /\.(?:partial|part|tmp|temp|journal)$|-journal$/;

/** How a house differs from what `npm start` does by itself. */
export interface HouseWish {
  readonly environment?: Readonly<Record<string, string>>;
  /** Program that runs the start, with arguments before it. */
  readonly through?: readonly string[];
}

/** Lookout as `npm start` runs it, supervisor and all, with a port and folders of its own. */
export class House {
  readonly folder: string;
  readonly token: string;
  readonly rest: LookoutRest;
  readonly #start: ChildProcess;
  readonly #words: string[];

  private constructor(
    folder: string,
    token: string,
    url: string,
    start: ChildProcess,
    words: string[],
  ) {
    this.folder = folder;
    this.token = token;
    this.rest = new LookoutRest(url, token);
    this.#start = start;
    this.#words = words;
  }

  /**
   * @param root - of an installation
   * @throws Error with the last words of a start that does not come to its end
   */
  static async open(root: string, wish: HouseWish = {}): Promise<House> {
    const folder = await mkdtemp(join(tmpdir(), 'lookout-faults-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    for (const name of ['data', 'media', 'tmp']) await mkdir(join(folder, name));
    const token = randomBytes(24).toString('hex');
    const unset = Object.fromEntries(SETTING_NAMES.map((name) => [name, undefined]));
    const [program, ...before] = wish.through ?? [process.execPath];
    const start = spawn(program ?? '', [...before, join(root, 'tools/start/main.ts')], {
      cwd: root,
      env: childEnvironment({
        ...unset,
        PORT: '0',
        LOOKOUT_DATA_DIR: join(folder, 'data'),
        LOOKOUT_MEDIA_DIR: join(folder, 'media'),
        LOOKOUT_ADMIN_TOKEN: token,
        LOOKOUT_DEMO: 'false',
        LOG_LEVEL: 'warn',
        TMPDIR: join(folder, 'tmp'),
        ...wish.environment,
      }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const words: string[] = [];
    try {
      const url = await readyUrl(start, words);
      return new House(folder, token, url, start, words);
    } catch (error) {
      start.kill('SIGTERM');
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** What it printed last. */
  get lastWords(): string {
    return this.#words.slice(-40).join('\n');
  }

  media(name: string): string {
    return join(this.folder, 'media', name);
  }

  /** Its own and those they started, by this folder in their environment. */
  processes(): SeenProcess[] {
    return processesOf(this.folder);
  }

  /** @throws Error when there is not just one of that name */
  pidOf(name: 'lookout-api' | 'lookout-worker' | 'redis-server'): number {
    const found = this.processes().filter((one) => one.name === name && !one.dead);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      throw new Error(`there are ${String(found.length)} processes called ${name}`);
    }
    return first.pid;
  }

  /** The decoders whose command line has this text. */
  decoders(text: string): number[] {
    return this.processes()
      .filter(
        ({ name, dead, commandLine }) => name === 'ffmpeg' && !dead && commandLine.includes(text),
      )
      .map(({ pid }) => pid);
  }

  /** What lies in its folders, but for what it keeps on purpose under `data`. */
  async files(): Promise<string[]> {
    const all = await readdir(this.folder, { recursive: true });
    return all.filter((path) => !path.startsWith('data/') || UNFINISHED.test(path)).toSorted();
  }

  /** As Ctrl-C does. @returns what is wrong with the end, in words */
  async close(): Promise<string[]> {
    const began = performance.now();
    if (this.#start.exitCode === null && this.#start.signalCode === null) {
      const gone = once(this.#start, 'exit');
      this.#start.kill('SIGTERM');
      const force = setTimeout(() => this.#start.kill('SIGKILL'), 3 * END_MS);
      await gone;
      clearTimeout(force);
    }
    const took = performance.now() - began;
    const left = this.processes().map(({ name, pid }) => `${name} ${String(pid)}`);
    const files = await readdir(join(this.folder, 'tmp'));
    await rm(this.folder, { recursive: true, force: true });
    return [
      ...(took > END_MS ? [`the end took ${(took / 1000).toFixed(1)} s`] : []),
      ...(left.length > 0 ? [`left behind: ${left.join(', ')}`] : []),
      ...(files.length > 0 ? [`temporary files left: ${files.join(', ')}`] : []),
    ];
  }
}

async function readyUrl(start: ChildProcess, words: string[]): Promise<string> {
  const ready = Promise.withResolvers<string>();
  const hear = (line: string): void => {
    words.push(line);
    if (words.length > 400) words.shift();
    const url = /^Lookout is ready: (\S+)$/.exec(line)?.[1];
    if (url !== undefined) ready.resolve(url);
  };
  for (const stream of [start.stdout, start.stderr]) {
    if (stream !== null) createInterface(stream).on('line', hear);
  }
  const refuse = (how: string): void => {
    ready.reject(new Error(`Lookout did not start (${how}):\n${words.join('\n')}`));
  };
  start.once('error', (error) => {
    refuse(error.message);
  });
  start.once('exit', (code, signal) => {
    refuse(`it ended with ${String(code ?? signal)}`);
  });
  const timer = setTimeout(() => {
    refuse('it took too long');
  }, READY_MS);
  // What was started ends with this process, however that ends.
  const end = (): void => void start.kill('SIGTERM');
  process.once('exit', end);
  start.once('exit', () => process.off('exit', end));
  try {
    return await ready.promise;
  } finally {
    clearTimeout(timer);
  }
}
