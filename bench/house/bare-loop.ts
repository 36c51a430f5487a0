import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '@lookout/config';
import { cadence } from '../measure/statistics.ts';

/** As the worker's: the two must have the same claim to the processor. */
const NICENESS = 10;

/** What the loop's process is told when it starts. */
export interface BareLoopSettings {
  /** Folder of the catalog and its models. */
  readonly models: string;
  readonly model: string;
  readonly threads: number;
  /** Whether the session's threads keep the processor while they wait. */
  readonly spinning: boolean;
  readonly niceness: number;
}

/** What the loop's process is told while it runs. */
export type BareLoopOrder = 'go' | 'halt';

/** A process that runs the worker's inference session on a tensor that never changes, and nothing else. */
export class BareLoop {
  readonly #process: ChildProcess;

  private constructor(settings: BareLoopSettings) {
    // It ends when its channel closes, as this process' end does.
    const file = new URL('bare-loop-process.ts', import.meta.url);
    this.#process = fork(file, [JSON.stringify(settings)], {
      env: childEnvironment(),
      detached: true,
    });
  }

  /** Loads a model as the worker does; the loop stands still until `go`. */
  static async start(
    settings: Omit<BareLoopSettings, 'niceness'> & Partial<BareLoopSettings>,
  ): Promise<BareLoop> {
    const loop = new BareLoop({ niceness: NICENESS, ...settings });
    const died = once(loop.#process, 'exit').then(() => {
      throw new Error('the bare loop did not start');
    });
    await Promise.race([once(loop.#process, 'message'), died]);
    died.catch(() => undefined);
    return loop;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  go(): void {
    this.#process.send('go' satisfies BareLoopOrder);
  }

  /** Runs for a while. @returns inferences per second */
  async measure(seconds: number): Promise<number> {
    const start = Date.now();
    this.go();
    await sleep(seconds * 1000);
    const end = Date.now();
    return cadence(await this.halt(), start, end).perSecond;
  }

  /** Stands still again. @returns when inferences ended since `go`, by `Date.now` */
  async halt(): Promise<number[]> {
    const answer = once(this.#process, 'message');
    this.#process.send('halt' satisfies BareLoopOrder);
    const [moments] = (await answer) as [number[]];
    return moments;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    await gone;
  }
}
