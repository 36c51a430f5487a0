import type { WorkerPresence } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { MailboxUnavailable } from './frame-mailbox.ts';
import { WORKER_ALIVE_MS, type WorkerRoster } from './worker-roster.ts';

/** A roster inside one process, for tests. */
export class MemoryWorkerRoster implements WorkerRoster {
  readonly #clock: Clock;
  readonly #beats = new Map<string, { worker: WorkerPresence; until: number }>();
  #away = false;

  /** @param clock - tells when a worker has not beaten for too long */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async beat(worker: WorkerPresence): Promise<void> {
    await this.#reach();
    const until = this.#clock.monotonic() + WORKER_ALIVE_MS;
    this.#beats.set(worker.id, { worker: structuredClone(worker), until });
  }

  async leave(workerId: string): Promise<void> {
    await this.#reach();
    this.#beats.delete(workerId);
  }

  async workers(): Promise<WorkerPresence[]> {
    await this.#reach();
    return [...this.#beats.values()]
      .map(({ worker }) => worker)
      .filter((worker) => this.beats(worker.id))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Whether the worker beats now. */
  beats(workerId: string): boolean {
    return this.#clock.monotonic() < (this.#beats.get(workerId)?.until ?? 0);
  }

  /** Loses the engine with its memory, or finds it again. */
  setAway(away: boolean): void {
    this.#away = away;
    if (away) this.#beats.clear();
  }

  async #reach(): Promise<void> {
    // Not within the caller's own step, as with a real engine.
    await Promise.resolve();
    if (this.#away) throw new MailboxUnavailable('the roster is away');
  }
}
