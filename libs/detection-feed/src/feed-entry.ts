import { detectionResultSchema, frameIdSchema, hopSchema } from '@lookout/contracts';
import { z } from 'zod';
import type { FeedEntry } from './detection-feed.ts';

const feedEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('result'),
    result: detectionResultSchema,
    ages: z.partialRecord(hopSchema, z.number()),
  }),
  z.strictObject({
    kind: z.literal('failure'),
    frame: frameIdSchema,
    worker: z.string(),
    model: z.string(),
    reason: z.string(),
    failedAt: z.number(),
  }),
]);

/** An entry as the stream keeps it: JSON. */
export function encodeEntry(entry: FeedEntry): string {
  return JSON.stringify(entry);
}

/** Reads an entry; `null` when these words are not one. */
export function decodeEntry(json: string): FeedEntry | null {
  try {
    return feedEntrySchema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
