import { eventStateSchema } from '@lookout/contracts';
import type { PresenceMemory, Stay } from '@lookout/presence';
import { z } from 'zod';

// What is read back from the database is checked like anything else that comes in.

const positionSchema = z.object({ epoch: z.number(), sequence: z.number() });
const gapSchema = z.object({ from: z.number(), to: z.number().nullable(), reason: z.string() });
const blindSchema = z.object({ reason: z.string(), late: z.boolean() });
const seenSchema = positionSchema.extend({ at: z.number(), confidence: z.number() });

/** A stay as it was written. */
export const staySchema: z.ZodType<Stay> = z.object({
  id: z.string(),
  label: z.string(),
  state: eventStateSchema,
  startedAt: z.number(),
  lastSeenAt: z.number(),
  endedAt: z.number().nullable(),
  maxCount: z.number(),
  results: z.number(),
  best: seenSchema,
  gaps: z.array(gapSchema),
});

/** A camera's memory as it was written, also before there were gaps before a stay. */
export const presenceMemorySchema: z.ZodType<PresenceMemory> = z.object({
  position: positionSchema.nullable(),
  lookedAt: z.number().nullable(),
  blind: z
    .union([blindSchema, z.string().transform((reason) => ({ reason, late: false }))])
    .nullable(),
  labels: z.array(
    z.object({
      label: z.string(),
      looks: z.array(seenSchema.extend({ count: z.number() }).nullable()),
      gaps: z.array(gapSchema).default([]),
      stay: staySchema.nullable(),
      absentMs: z.number(),
    }),
  ),
});
