import { z } from 'zod';
import { cameraIdSchema } from './camera.ts';

/** `age`: it ended too long ago; `budget`: events take more of the disk than they may. */
export const retentionReasonSchema = z.enum(['age', 'budget']);

/** An event that is to be deleted. */
export const doomedEventSchema = z.strictObject({
  id: z.string(),
  cameraId: cameraIdSchema,
  label: z.string(),
  endedAt: z.iso.datetime(),
  reason: retentionReasonSchema,
  /** With its picture. */
  bytes: z.int().min(0),
});

const amountsSchema = z.strictObject({
  /** Events that ended too long ago. */
  age: z.int().min(0),
  /** Events beyond the budget. */
  budget: z.int().min(0),
  /** Files that belong to no event. */
  orphans: z.int().min(0),
  /** All of them together. */
  bytes: z.int().min(0),
});

/** How long events are kept, what goes next, and what went. */
export const retentionSchema = z.strictObject({
  days: z.int().min(1),
  diskBytes: z.int().min(1),
  /** What events and their pictures take now. */
  usedBytes: z.int().min(0),
  next: z.strictObject({
    /** When; `null` while Redis is away, which has the timetable. */
    at: z.iso.datetime().nullable(),
    /** As it would be at that time if nothing else happened. */
    amounts: amountsSchema,
    /** The first hundred, oldest first. */
    events: z.array(doomedEventSchema),
  }),
  /** Since the api's start; `null` before the first time. */
  last: z
    .strictObject({
      at: z.iso.datetime(),
      amounts: amountsSchema,
      /** Why it was not finished, in words for a person; `null` when it was. */
      trouble: z.string().nullable(),
    })
    .nullable(),
});

/** Why an event is deleted. */
export type RetentionReason = z.infer<typeof retentionReasonSchema>;
/** An event that is to be deleted. */
export type DoomedEvent = z.infer<typeof doomedEventSchema>;
/** How much is deleted, by reason. */
export type RetentionAmounts = z.infer<typeof amountsSchema>;
/** How long events are kept, what goes next, and what went. */
export type Retention = z.infer<typeof retentionSchema>;
