import { z } from 'zod';

/** A process that the supervisor runs. */
export const supervisedProcessSchema = z.strictObject({
  name: z.string(),
  pid: z.int().nullable(),
  state: z.enum(['starting', 'running', 'waiting', 'stopped']),
  /** When the present run began. */
  startedAt: z.iso.datetime().nullable(),
  /** How often it died and was started again. */
  restarts: z.int().min(0),
  /** How the last run ended, in words; `null` while none has. */
  lastExit: z.string().nullable(),
});

/** A worker that beats now. */
export const workerPresenceSchema = z.strictObject({
  /** Unique to a process. */
  id: z.string(),
  pid: z.int(),
  host: z.string(),
  startedAt: z.iso.datetime(),
  /** Models in memory, the default one first. */
  models: z.array(z.string()),
  /** Threads of one inference session. */
  threads: z.int().min(1),
  /** `pinned` by `INFERENCE_THREADS`, or `tuned` by a measurement of its machine. */
  threadsChosen: z.enum(['pinned', 'tuned']),
  /** How often each inference is run. */
  inferenceRepeat: z.int().min(1),
  /** Frames per second over the last 5 s. */
  rate: z.number(),
  /** Median over the last 60 s; `null` without any. */
  inferenceMs: z.number().nullable(),
});

/** What runs, where, and how often it had to be started again. */
export const systemSchema = z.strictObject({
  version: z.string(),
  startedAt: z.iso.datetime(),
  uptimeSeconds: z.number(),
  /** Empty when no supervisor runs the api. */
  processes: z.array(supervisedProcessSchema),
  /** `null` while Redis is away: not known, rather than none. */
  workers: z.array(workerPresenceSchema).nullable(),
  redis: z.strictObject({
    state: z.enum(['connected', 'away']),
    version: z.string().nullable(),
    usedMemoryBytes: z.number().nullable(),
    reason: z.string().nullable(),
  }),
  database: z.strictObject({
    engine: z.string(),
    state: z.enum(['open', 'failed']),
    sizeBytes: z.number().nullable(),
  }),
  /** Those without which REST and the live view go on, as far as they are switched on. */
  parts: z.array(
    z.strictObject({
      name: z.string(),
      /** Why it does not do its work, in words for a person; `null` when it does. */
      trouble: z.string().nullable(),
    }),
  ),
});

/** A process that the supervisor runs. */
export type SupervisedProcess = z.infer<typeof supervisedProcessSchema>;
/** A worker that beats now. */
export type WorkerPresence = z.infer<typeof workerPresenceSchema>;
/** What runs, where, and how often it had to be started again. */
export type System = z.infer<typeof systemSchema>;

/** How often a child process that is ready says that it does not stand still. */
export const CHILD_BEAT_MS = 2000;

/** What a child process tells its supervisor over the IPC channel. */
export type ChildMessage =
  | {
      type: 'ready';
      /** Of the api: where it listens. */
      url?: string;
      /** Of the api: an admin token that was made now. It is to be shown, and kept once it was. */
      newAdminToken?: string;
    }
  | {
      /** Of the api: the token that was shown is kept, by its hash, and need not be remembered. */
      type: 'token-kept';
    }
  | {
      type: 'failed';
      /** Why the child cannot start and why another try would not help, in one line. */
      reason: string;
    }
  | {
      /** Every `CHILD_BEAT_MS` from when it is ready: its event loop turns. */
      type: 'alive';
    };

/** What the supervisor tells the api over the IPC channel. */
export type SupervisorMessage =
  | {
      /** At its start and at each change. */
      type: 'processes';
      processes: SupervisedProcess[];
    }
  | {
      /** A person has seen this admin token, so from now on it is the one that counts. */
      type: 'token-shown';
      token: string;
    };
