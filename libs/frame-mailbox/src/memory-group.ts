import { randomUUID } from 'node:crypto';
import type { DetectionSettings, GroupBooks } from '@lookout/contracts';
import type { Standing, Turn } from './turns.ts';

interface HeldFrame {
  readonly worker: string;
  readonly deadline: number;
  readonly aliveUntil: number;
}

/** What has to be looked at before a group's books are right. */
export interface Moment {
  /** Monotonic ms. */
  readonly now: number;
  /** Whether the camera's slot still holds its frame. */
  readonly frameThere: boolean;
  readonly beats: (worker: string) => boolean;
}

/** One group's view of one camera's slot: its place, books and leases. */
export class MemoryGroup {
  readonly #id = randomUUID();
  readonly #held = new Map<string, HeldFrame>();
  readonly #counts = {
    offered: 0,
    delivered: 0,
    overwritten: 0,
    expired: 0,
    waiting: 0,
    detected: 0,
    failed: 0,
    abandoned: 0,
  };
  #since = 0;
  #last: Pick<Turn, 'turn' | 'promise' | 'kept'> = { turn: null, promise: null, kept: null };

  get waiting(): boolean {
    return this.#counts.waiting === 1;
  }

  /** Settles what happened while nobody looked. */
  reckon({ now, frameThere, beats }: Moment): void {
    if (this.waiting && !frameThere) {
      this.#counts.waiting = 0;
      this.#counts.expired += 1;
    }
    for (const [ticket, { worker, deadline, aliveUntil }] of this.#held) {
      if (now < deadline && (now < aliveUntil || beats(worker))) continue;
      this.#held.delete(ticket);
      this.#counts.abandoned += 1;
    }
  }

  offer(now: number): void {
    if (this.waiting) this.#counts.overwritten += 1;
    else this.#since = now;
    this.#counts.offered += 1;
    this.#counts.waiting = 1;
  }

  deliver(ticket: string, { turn, promise, kept }: Turn, held: HeldFrame): void {
    this.#counts.waiting = 0;
    this.#counts.delivered += 1;
    this.#last = { turn, promise, kept };
    this.#held.set(ticket, held);
  }

  /** `false`: the ticket is not held, or no more. */
  settle(ticket: string, outcome: 'detected' | 'failed'): boolean {
    if (!this.#held.delete(ticket)) return false;
    this.#counts[outcome] += 1;
    return true;
  }

  /** What a turn is given by. */
  standing(cameraId: string, { weight, minFps }: DetectionSettings): Standing {
    return { cameraId, weight, minFps, since: this.#since, ...this.#last };
  }

  read(): GroupBooks {
    return { id: this.#id, ...this.#counts, processing: this.#held.size };
  }
}
