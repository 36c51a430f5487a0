import { detectionResultSchema, frameIdSchema, hopSchema } from '@lookout/contracts';
import { z } from 'zod';
import type { FeedEntry } from './detection-feed.ts';

/** Of the entries as they are written here; those of version 1 had no `version`. */
const VERSION = 2;

const agesSchema = z.partialRecord(hopSchema, z.number().min(0));

/** In ms since the Unix epoch, no later than a Date can be. */
const momentSchema = z.number().min(0).max(8.64e15);

// Fields that a later version adds are passed over; what changes a field's meaning gets a new number.
const feedEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('result'),
    result: detectionResultSchema.extend({ capturedAt: momentSchema, completedAt: momentSchema }),
    ages: agesSchema,
  }),
  z.object({
    kind: z.literal('failure'),
    frame: frameIdSchema,
    worker: z.string(),
    model: z.string(),
    reason: z.string(),
    failedAt: momentSchema,
    // Version 1 told no ages of a failure.
    ages: agesSchema.default({}),
  }),
]);

const versionSchema = z.object({ version: z.int().min(1).max(VERSION).default(1) });

/** An entry as the stream keeps it: JSON. */
export function encodeEntry(entry: FeedEntry): string {
  return JSON.stringify({ version: VERSION, ...entry });
}

/** Reads an entry; `null` when these words are not one, or of a version that is not known here. */
export function decodeEntry(json: string): FeedEntry | null {
  try {
    const words: unknown = JSON.parse(json);
    versionSchema.parse(words);
    return feedEntrySchema.parse(words);
  } catch {
    return null;
  }
}
