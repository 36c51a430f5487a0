import { z } from 'zod';

/** What becomes of a job, as BullMQ counts it. */
export const JOB_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

/** How many jobs there are in each of {@link JOB_STATES}. */
export const jobCountsSchema = z.strictObject({
  /** To be begun as soon as somebody is free: the depth of the queue. */
  waiting: z.int().min(0),
  active: z.int().min(0),
  /** To be begun at a later time: tried again, or on a schedule. */
  delayed: z.int().min(0),
  /** Given up; only the latest are kept. */
  failed: z.int().min(0),
});

/** A queue of work that must not be lost. */
export const jobQueueSchema = z.strictObject({
  name: z.string(),
  /** `null` while Redis is away: not known, rather than none. */
  counts: jobCountsSchema.nullable(),
  /** Every 10 s over the last 15 minutes since the start of the api, oldest first. */
  history: z.array(z.strictObject({ at: z.iso.datetime(), counts: jobCountsSchema.nullable() })),
});

/** How many jobs there are of each state. */
export type JobCounts = z.infer<typeof jobCountsSchema>;
/** A queue of work that must not be lost. */
export type JobQueue = z.infer<typeof jobQueueSchema>;
