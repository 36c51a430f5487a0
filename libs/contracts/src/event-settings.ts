import { z } from 'zod';

/** When a label's presence in front of a camera becomes an event, and when the event is over. */
export const eventSettingsSchema = z
  .strictObject({
    /** An event starts when the label was in this many of the last `window` results. */
    minHits: z.int().min(1).max(50).default(3),
    /** How many of the newest results are looked at. */
    window: z.int().min(1).max(50).default(5),
    /** An event ends when the label was in no result for this long, in ms of fresh results. */
    endAfterMs: z.int().min(500).max(600_000).default(5000),
    /** Labels that make events; empty means all that the camera reports. */
    labels: z.array(z.string().trim().min(1).max(100)).max(200).default([]),
  })
  .refine((settings) => settings.minHits <= settings.window, {
    path: ['minHits'],
    message: 'must not be above window',
  });
