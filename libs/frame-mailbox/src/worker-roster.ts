import type { WorkerPresence } from '@lookout/contracts';

/** How long a worker counts as alive after its last beat. */
export const WORKER_ALIVE_MS = 1500;

/** How often a worker beats. */
export const WORKER_BEAT_MS = 400;

/**
 * Who works now. A worker that stops beating is gone for everybody within `WORKER_ALIVE_MS`, and the
 * mailbox counts what it held as abandoned. Methods reject with `MailboxUnavailable`.
 */
export interface WorkerRoster {
  /** Says that the worker lives, and what it does. */
  beat(worker: WorkerPresence): Promise<void>;
  /** Takes the worker off the list, as it does when it ends in good order. */
  leave(workerId: string): Promise<void>;
  /** The workers that beat now, by id. */
  workers(): Promise<WorkerPresence[]>;
}
