import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('rtsp-server.py', import.meta.url));

/** GStreamer's RTSP server, as a test starts, kills and restarts it. */
export class RtspCamera {
  readonly #arguments: readonly string[];
  #child: ChildProcess | undefined;
  #port = 0;

  /**
   * @param login - user and password with a colon between, or nothing
   * @param mounts - `path=codec:file`
   */
  constructor(login: string, mounts: readonly string[]) {
    this.#arguments = [login, ...mounts];
  }

  get port(): number {
    return this.#port;
  }

  /** Listens again at the port of the first time. */
  async start(): Promise<void> {
    const list = [SCRIPT, String(this.#port), ...this.#arguments];
    const child = spawn('/usr/bin/python3', list, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    this.#port = Number(/^port (\d+)$/.exec(line)?.[1]);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
