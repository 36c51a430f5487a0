import type { FrameTraces } from '@lookout/frame-traces';
import { type Clock, sleep } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { PinoLogger } from 'nestjs-pino';
import type { Inspector } from './detector/inspector.ts';
import { InferenceLoop } from './inference/inference-loop.ts';
import { FrameJournal } from './journal/frame-journal.ts';
import type { Log } from './log.ts';
import { RosterBeat } from './roster/roster-beat.ts';
import { beatForSupervisor, tellSupervisor } from './supervisor.ts';
import { CLOCK, FRAME_TRACES, INSPECTOR, REDIS } from './tokens.ts';

/** How long what the detector computes may take to its end when the worker is told to stop. */
const DETECTOR_END_MS = 3000;

/** The default model is not there or cannot be used; the message says what to do. */
export class ModelUnusable extends Error {
  override readonly name = 'ModelUnusable';
}

/** The life of this process: start, work, end. */
@Injectable()
export class WorkerProcess {
  #ending: Promise<void> | null = null;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PinoLogger) private readonly log: Log,
    @Inject(INSPECTOR) private readonly inspector: Inspector,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(FRAME_TRACES) private readonly traces: FrameTraces,
    private readonly roster: RosterBeat,
    private readonly journal: FrameJournal,
    private readonly loop: InferenceLoop,
  ) {}

  /**
   * Works until the process is told to end.
   * @throws ModelUnusable when another start would not help
   */
  async run(): Promise<void> {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void this.end());
    // Without the supervisor nobody would ever stop this process.
    if (process.connected) process.on('disconnect', () => void this.end());

    const model = await this.inspector.load(null).catch((error: unknown) => {
      if (this.#ending !== null) return null;
      throw new ModelUnusable(error instanceof Error ? error.message : String(error));
    });
    if (model === null || this.#ending !== null) return;
    void this.inspector.died.then((error) => {
      if (this.#ending === null) this.#die(`the detector died: ${error.message}`);
    });
    const { id, notes, ...known } = model;
    for (const note of notes) this.log.info({ model: id }, `threads of ${id}: ${note}`);
    const threads = known.threads === 1 ? '1 thread' : `${String(known.threads)} threads`;
    this.log.info({ model: id, ...known }, `model ${id} is loaded, ${threads} (${known.chosen})`);
    this.journal.summarize();
    this.roster.start(model);
    const end = await this.loop.run(() => {
      this.log.info({}, 'worker is ready');
      void tellSupervisor({ type: 'ready' });
      beatForSupervisor();
    });
    if (end === 'hung') {
      await this.roster.leave();
      this.#die('an inference never came back');
    }
  }

  /** In good order: the frame in hand is finished, or settled as failed. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  /** At once, for a supervisor to start another: what is stuck in native code cannot be ended otherwise. */
  #die(reason: string): void {
    this.log.error({ reason }, `worker ends itself: ${reason}`);
    process.kill(process.pid, 'SIGKILL');
  }

  async #end(): Promise<void> {
    await this.loop.stop();
    await this.roster.leave();
    this.redis.disconnect();
    await this.traces.close();
    const late = sleep(this.clock, DETECTOR_END_MS).then(() => 'late' as const);
    if ((await Promise.race([this.inspector.end(), late])) === 'late') {
      this.#die('the detector did not end');
    }
    this.log.info({}, 'worker ends');
    process.exit(0);
  }
}
