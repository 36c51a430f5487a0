import { hostname } from 'node:os';
import type { Config } from '@lookout/config';
import { WORKER_BEAT_MS, type WorkerRoster } from '@lookout/frame-mailbox';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import type { Inspector } from '../detector/inspector.ts';
import type { ThreadChoice } from '../detector/thread-tuner.ts';
import { FrameJournal } from '../journal/frame-journal.ts';
import { CLOCK, CONFIG, INSPECTOR, WORKER_ID, WORKER_ROSTER } from '../tokens.ts';

/** Says at a steady beat that this worker lives, whatever the inference does. */
@Injectable()
export class RosterBeat {
  readonly #startedAt: string;
  #choice: Pick<ThreadChoice, 'threads' | 'chosen'> = { threads: 1, chosen: 'tuned' };
  #beating = false;
  #stop: (() => void) | null = null;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'inferenceRepeat'>,
    @Inject(WORKER_ID) private readonly worker: string,
    @Inject(WORKER_ROSTER) private readonly roster: WorkerRoster,
    @Inject(INSPECTOR) private readonly inspector: Inspector,
    private readonly journal: FrameJournal,
  ) {
    this.#startedAt = new Date(clock.now()).toISOString();
  }

  start({ threads, chosen }: Pick<ThreadChoice, 'threads' | 'chosen'>): void {
    this.#choice = { threads, chosen };
    this.#stop = this.clock.every(WORKER_BEAT_MS, () => void this.#beatOnce());
  }

  /** One beat now, so that a frame may be taken. Rejects with `MailboxUnavailable`. */
  beat(): Promise<void> {
    return this.roster.beat({
      id: this.worker,
      pid: process.pid,
      host: hostname(),
      startedAt: this.#startedAt,
      models: [...this.inspector.models()],
      threads: this.#choice.threads,
      threadsChosen: this.#choice.chosen,
      inferenceRepeat: this.config.inferenceRepeat,
      rate: this.journal.rate(),
      inferenceMs: this.journal.inferenceMs(),
    });
  }

  /** Stops, and takes the worker off the roster at once if Redis is there. */
  async leave(): Promise<void> {
    this.#stop?.();
    await this.roster.leave(this.worker).catch(() => undefined);
  }

  async #beatOnce(): Promise<void> {
    if (this.#beating) return;
    this.#beating = true;
    // The inference loop asks the same Redis far more often, and says when it does not answer.
    await this.beat().catch(() => undefined);
    this.#beating = false;
  }
}
