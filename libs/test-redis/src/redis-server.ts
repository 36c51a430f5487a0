import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { waitForPong } from './wait-for-pong.ts';

/** How a test wants its Redis. */
export interface TestRedisOptions {
  /** Memory limit in bytes, with the policy `noeviction`; without it there is none. */
  readonly maxMemoryBytes?: number;
  /** More of redis-server's own settings, by name: `{ requirepass: 'secret' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A real redis-server of a test's own: on loopback, without persistence. */
export interface TestRedis {
  /** Stays the same through `kill` and `restart`. */
  readonly url: string;
  /** Of the present process; `undefined` while none runs. */
  readonly pid: number | undefined;
  /** Ends the process at once (SIGKILL), as a crash does: its memory is lost. */
  kill(): Promise<void>;
  /** Kills it if it runs, and starts an empty one at the same address. */
  restart(): Promise<void>;
  /** Ends it for good and removes what it left. */
  stop(): Promise<void>;
}

/**
 * Starts a redis-server and waits until it answers. The process ends with this one at the latest.
 * @throws Error when redis-server is not installed or does not come up, with its own words
 */
export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-redis-'));
  const server = new RedisServer(folder, await freePort(), options);
  try {
    await server.restart();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

class RedisServer implements TestRedis {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #arguments: readonly string[];
  #child: ChildProcess | undefined;

  constructor(folder: string, port: number, options: TestRedisOptions) {
    this.#folder = folder;
    this.#port = port;
    this.#arguments = serverArguments(folder, port, options);
    const password = options.settings?.['requirepass'];
    const access = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
    this.url = `redis://${access}127.0.0.1:${String(port)}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async restart(): Promise<void> {
    await this.kill();
    const child = spawn('redis-server', this.#arguments, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    let words = '';
    const listen = (chunk: Buffer) => (words = `${words}${chunk.toString()}`.slice(-2000));
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const asking = new AbortController();
    try {
      await Promise.race([waitForPong(this.#port, asking.signal), endOf(child, () => words)]);
    } finally {
      asking.abort();
    }
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function serverArguments(folder: string, port: number, options: TestRedisOptions): string[] {
  const settings: Record<string, string> = {
    bind: '127.0.0.1',
    port: String(port),
    dir: folder,
    save: '',
    appendonly: 'no',
    daemonize: 'no',
    ...(options.maxMemoryBytes === undefined
      ? {}
      : { maxmemory: String(options.maxMemoryBytes), 'maxmemory-policy': 'noeviction' }),
    ...options.settings,
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Rejects when the process ends or cannot be started. */
function endOf(child: ChildProcess, words: () => string): Promise<never> {
  return new Promise((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`redis-server ended: ${words()}`));
    });
  });
}
