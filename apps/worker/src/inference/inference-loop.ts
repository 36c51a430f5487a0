import {
  DETECTOR_GROUP,
  type FrameMailbox,
  ModelNotReady,
  type TakenFrame,
} from '@lookout/frame-mailbox';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { RedisWatch } from '../redis/redis-watch.ts';
import { RosterBeat } from '../roster/roster-beat.ts';
import { CLOCK, FRAME_MAILBOX, WORKER_ID } from '../tokens.ts';
import { FrameBell } from './frame-bell.ts';
import { FrameInspection } from './frame-inspection.ts';
import { Settlement } from './settlement.ts';

/** A frame is given up elsewhere only well after this worker itself would have given it up. */
const LEASE_GRACE_MS = 2000;
/** How long a frame in hand may take to its end when the worker is told to stop. */
const STOP_MS = 2000;

interface Hand {
  readonly taken: TakenFrame;
  /** Monotonic time at which the mailbox gives the frame up. */
  readonly latest: number;
}

/** How the loop ended: as it was told to, or because an inference never came back. */
export type LoopEnd = 'stopped' | 'hung';

/** Takes the newest frame of the camera whose turn it is, looks at it, settles it; one at a time. */
@Injectable()
export class InferenceLoop {
  #stopping = false;
  #running: Promise<LoopEnd> | null = null;
  #silenceDoorbell: (() => Promise<void>) | null = null;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WORKER_ID) private readonly worker: string,
    @Inject(FRAME_MAILBOX) private readonly mailbox: FrameMailbox,
    private readonly redis: RedisWatch,
    private readonly roster: RosterBeat,
    private readonly bell: FrameBell,
    private readonly inspection: FrameInspection,
    private readonly settlement: Settlement,
  ) {}

  /**
   * Runs until `stop`, or until an inference hangs.
   * @param onFirstAnswer - called once, when Redis has answered for the first time
   */
  run(onFirstAnswer: () => void): Promise<LoopEnd> {
    this.#running ??= this.#run(onFirstAnswer);
    return this.#running;
  }

  /** Lets the frame in hand come to its end, within reason, and ends the loop. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.bell.silence();
    this.redis.giveUp();
    const cancel = this.clock.after(STOP_MS, () => {
      this.inspection.cut('the worker was stopped before the inference had ended');
    });
    await this.#running;
    cancel();
    await this.#silenceDoorbell?.().catch(() => undefined);
  }

  async #run(onFirstAnswer: () => void): Promise<LoopEnd> {
    let announce: (() => void) | null = onFirstAnswer;
    let end: LoopEnd = 'stopped';
    let settling = Promise.resolve();
    while (!this.#stopping && end === 'stopped') {
      let hand: Hand | null;
      try {
        hand = await this.#next(settling);
      } catch (error) {
        this.settlement.publish();
        await this.redis.failed(error);
        continue;
      }
      this.redis.answered();
      announce?.();
      announce = null;
      if (hand === null) {
        this.settlement.publish();
        await this.bell.wait();
        continue;
      }
      const inspecting = this.inspection.inspect(hand.taken);
      // The detector has its frame by now, and stands still no longer.
      this.settlement.publish();
      const inspected = await inspecting;
      await this.settlement.published;
      settling = this.settlement.settle(hand.taken, inspected, hand.latest);
      this.bell.worked();
      if (inspected.outcome === 'failed' && inspected.hung) end = 'hung';
    }
    await settling;
    await this.settlement.finish();
    return end;
  }

  /**
   * Takes the next frame if there is one. The detector stands still meanwhile, so Redis is asked in
   * one breath: to settle, and to take, in this order.
   */
  async #next(settling: Promise<void>): Promise<Hand | null> {
    const taking = this.#take(settling);
    taking.catch(() => undefined);
    await settling;
    return taking.catch((error: unknown) => {
      if (!this.redis.there) throw error;
      // Asked in vain while the settling waited for Redis, which is back now.
      return this.#take(settling);
    });
  }

  async #take(settling: Promise<void>): Promise<Hand | null> {
    // What a worker takes while it is not on the roster would be given up at once.
    if (!this.redis.there) await this.roster.beat();
    this.#silenceDoorbell ??= await this.mailbox.onDoorbell(() => {
      this.bell.ring();
    });
    for (let models = this.inspection.models(); ;) {
      const deadlineMs = this.inspection.limitMs(models) + LEASE_GRACE_MS;
      const latest = this.clock.monotonic() + deadlineMs;
      const lease = { group: DETECTOR_GROUP, worker: this.worker, deadlineMs, models };
      try {
        const taken = await this.mailbox.take(lease);
        return taken === null ? null : { taken, latest };
      } catch (error) {
        if (!(error instanceof ModelNotReady)) throw error;
        await settling;
        this.settlement.publish();
        if (this.#stopping) return null;
        await this.inspection.prepare(error.model);
        // Also when that came to nothing: the frame then fails with the reason.
        models = [...this.inspection.models(), error.model];
      }
    }
  }
}
