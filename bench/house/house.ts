import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { Child } from './child.ts';
import { LookoutClient } from './lookout-client.ts';

const MEMORY_BYTES = 256 * 1024 * 1024;
/** Name of the clip in the media directory. */
export const CLIP = 'clip.mp4';

/** Of houses that are open: they go with this process, however it ends. */
const folders = new Set<string>();
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** What runs as the api. */
export interface ApiProgram {
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/** What a worker chose for itself. */
export interface WorkerSettings {
  readonly model: string;
  readonly threads: number;
}

/** The real thing on free ports with data of its own: Redis, the built api, and workers as needed. */
export class House {
  readonly client: LookoutClient;
  readonly #folder: string;
  readonly #root: string;
  readonly #redis: TestRedis;
  readonly #program: ApiProgram;
  #api: Child;
  #worker: Child | null = null;

  private constructor(
    root: string,
    folder: string,
    redis: TestRedis,
    program: ApiProgram,
    api: Child,
    client: LookoutClient,
  ) {
    this.#root = root;
    this.#folder = folder;
    this.#redis = redis;
    this.#program = program;
    this.#api = api;
    this.client = client;
  }

  /**
   * @param clip - footage that cameras can name as `CLIP`
   * @param extra - settings and arguments of an api that is not the shipped one alone
   */
  static async open(root: string, clip: string, extra: Partial<ApiProgram> = {}): Promise<House> {
    const folder = await mkdtemp(join(tmpdir(), 'lookout-bench-'));
    folders.add(folder);
    await mkdir(join(folder, 'media'));
    await mkdir(join(folder, 'tmp'));
    await copyFile(clip, join(folder, 'media', CLIP));
    const redis = await startRedis({ maxMemoryBytes: MEMORY_BYTES });
    const token = randomBytes(24).toString('hex');
    try {
      const file = extra.file ?? join(root, 'dist/apps/api/main.js');
      const environment = {
        HOST: '127.0.0.1',
        PORT: '0',
        REDIS_URL: redis.url,
        LOOKOUT_DATA_DIR: join(folder, 'data'),
        LOOKOUT_MEDIA_DIR: join(folder, 'media'),
        LOOKOUT_ADMIN_TOKEN: token,
        LOOKOUT_DEMO: 'false',
        TMPDIR: join(folder, 'tmp'),
        ...extra.environment,
      };
      const program = { file, environment, args: extra.args ?? [] };
      const { child, ready } = await Child.start(file, environment, program.args);
      if (ready.url === undefined) throw new Error('the api did not say where it listens');
      return new House(root, folder, redis, program, child, new LookoutClient(ready.url, token));
    } catch (error) {
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get apiPid(): number {
    return this.#api.pid;
  }

  get redisUrl(): string {
    return this.#redis.url;
  }

  /** The api's SQLite file. */
  get databaseFile(): string {
    return join(this.#folder, 'data/lookout.db');
  }

  /** Where everything of this house writes what is for the moment only. */
  get temporaryFolder(): string {
    return join(this.#folder, 'tmp');
  }

  get redisPid(): number {
    return this.#redis.pid ?? 0;
  }

  /** Of the worker; 0 when there is none. */
  get workerPid(): number {
    return this.#worker?.pid ?? 0;
  }

  /** Kills the api and starts it again at the same address, as the supervisor does after a crash. */
  async restartApi(): Promise<void> {
    await this.#api.kill();
    const { file, environment, args } = this.#program;
    const { port } = new URL(this.client.url);
    const { child } = await Child.start(file, { ...environment, PORT: port }, args);
    this.#api = child;
  }

  /** Kills Redis and starts an empty one at the same address. */
  restartRedis(): Promise<void> {
    return this.#redis.restart();
  }

  /** Starts the one worker anew, with this load. */
  async startWorker(inferenceRepeat: number): Promise<void> {
    await this.stopWorker();
    const { child } = await Child.start(join(this.#root, 'dist/apps/worker/main.js'), {
      REDIS_URL: this.#redis.url,
      INFERENCE_REPEAT: String(inferenceRepeat),
      TMPDIR: this.temporaryFolder,
    });
    this.#worker = child;
  }

  /** The model and the threads that a worker chooses for itself here. @throws Error without a worker */
  async workerSettings(): Promise<WorkerSettings> {
    const worker = (await this.client.system()).workers?.[0];
    if (worker === undefined) throw new Error('the api knows of no worker');
    return { model: worker.models[0] ?? '', threads: worker.threads };
  }

  /** How the worker ended by itself; `null` when it did not, or there is none. */
  get workerEnd(): string | null {
    return this.#worker?.end ?? null;
  }

  async stopWorker(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = null;
  }

  async close(): Promise<void> {
    this.client.close();
    await this.stopWorker();
    await this.#api.stop();
    await this.#redis.stop();
    await rm(this.#folder, { recursive: true, force: true });
    folders.delete(this.#folder);
  }
}
