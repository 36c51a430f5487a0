import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment, SETTING_NAMES } from '@lookout/config';
import { type System, systemSchema } from '@lookout/contracts';
import { family } from './process-table.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
/** Set-up may have to build first. */
const START_MS = 240_000;

/** The whole system, started as a person starts it, with a data directory of its own. */
export class Lookout {
  readonly dataDir: string;
  readonly lines: string[] = [];
  readonly process: ChildProcess;
  readonly ended: Promise<number | NodeJS.Signals>;
  /** As the ready line has it. */
  link = '';

  private constructor(dataDir: string, settings: Readonly<Record<string, string>>) {
    this.dataDir = dataDir;
    const pinned = { PORT: '0', INFERENCE_THREADS: '2' };
    this.process = run({ LOOKOUT_DATA_DIR: dataDir, ...pinned, ...settings });
    this.ended = once(this.process, 'exit').then(
      ([code, signal]: unknown[]) => (signal ?? code) as number | NodeJS.Signals,
    );
  }

  /** Starts it and waits until it says that it is ready. The caller stops it. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Lookout> {
    const dataDir = mkdtempSync(join(tmpdir(), 'lookout-e2e-'));
    bringFootage(dataDir);
    const lookout = new Lookout(dataDir, settings);
    const ready = Promise.withResolvers<string>();
    lookout.#listen((line) => {
      const [, link] = /^Lookout is ready: (http\S+)$/.exec(line) ?? [];
      if (link !== undefined) ready.resolve(link);
    });
    const late = setTimeout(() => {
      ready.reject(new Error(`not ready in time:\n${lookout.lines.join('\n')}`));
    }, START_MS);
    void lookout.ended.then((how) => {
      ready.reject(new Error(`ended with ${String(how)}:\n${lookout.lines.join('\n')}`));
    });
    try {
      lookout.link = await ready.promise;
    } catch (error) {
      await lookout.stop();
      throw error;
    } finally {
      clearTimeout(late);
    }
    return lookout;
  }

  /** Address of the page, without the token. */
  get address(): string {
    return new URL('/', this.link).href;
  }

  /** Of the admin role. */
  get token(): string {
    return new URL(this.link).hash.replace('#token=', '');
  }

  async system(): Promise<System> {
    return systemSchema.parse(await (await this.call('GET', '/system')).json());
  }

  /** Sends a REST call as an admin's program does; whatever is not a success is an error. */
  async call(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(new URL(`/api/v1${path}`, this.link), {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${String(answer.status)}`);
    return answer;
  }

  /** Numbers of the supervisor, its children and theirs. */
  family(): number[] {
    return family(this.process.pid ?? Number.NaN);
  }

  /** Ends it and removes its data directory. @returns its exit code, or the signal that ended it */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.process.kill(signal);
    const how = await this.ended;
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    return how;
  }

  #listen(take: (line: string) => void): void {
    for (const stream of [this.process.stdout, this.process.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
        take(line);
      });
    }
  }
}

/** Runs the start command to its end. */
export async function runToEnd(
  settings: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<{ code: number | null; output: string }> {
  const child = run(settings, args);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function run(
  settings: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ChildProcess {
  const unset = Object.fromEntries(SETTING_NAMES.map((name) => [name, undefined]));
  return spawn(process.execPath, [join(ROOT, 'tools/bootstrap.mjs'), 'start', ...args], {
    cwd: ROOT,
    env: childEnvironment({ ...unset, ...settings }),
    // The channel ends it, should the test run be killed.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** What set-up got for this checkout need not be got again for each test. */
function bringFootage(dataDir: string): void {
  mkdirSync(join(dataDir, 'demo'));
  for (const name of ['vtest.avi', 'vtest.mp4']) {
    const file = join(ROOT, 'data', 'demo', name);
    if (existsSync(file)) copyFileSync(file, join(dataDir, 'demo', name));
  }
}
