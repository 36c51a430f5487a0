import { z } from 'zod';
import { booksSchema } from './books.ts';
import { cameraIdSchema } from './camera.ts';

/** A camera's life: `failed` needs a person, `reconnecting` mends itself. */
export const cameraStateSchema = z.enum([
  'starting',
  'live',
  'stalled',
  'reconnecting',
  'disabled',
  'failed',
]);

/** How far the newest detections can be trusted; the first that holds of off, unknown, stale, fresh. */
export const freshnessSchema = z.enum(['off', 'unknown', 'stale', 'fresh']);

/** Stations of a frame's journey at which its age is measured. */
export const hopSchema = z.enum([
  'offered',
  'taken',
  'decoded',
  'inferred',
  'published',
  'sent',
  'drawn',
]);

/** Milliseconds below which 50, 95 and 99 of 100 measurements lie. */
export const percentilesSchema = z.strictObject({
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
});

/** What a camera gets of the detector, which all cameras share; frames per second over the last 5 s. */
export const detectorShareSchema = z.strictObject({
  /** What it offered to the detector. */
  wanted: z.number(),
  /** What it can expect of the detector as it is now, by its weight and minimum and those of the others. */
  fair: z.number(),
  /** Whether frames of it are passed over because the detector cannot keep up with all of them. */
  reduced: z.boolean(),
  /** That it is reduced, with figures, in words for a person; `null` when it is not. */
  reason: z.string().nullable(),
});

/** How one camera is doing now. */
export const cameraStatusSchema = z.strictObject({
  cameraId: cameraIdSchema,
  state: cameraStateSchema,
  /** Since when it is in this state. */
  since: z.iso.datetime(),
  /** Why, in words for a person; `null` when all is well. */
  reason: z.string().nullable(),
  /** Frames per second over the last 5 s; `live` is offered to viewers, whether any watch or not. */
  rates: z.strictObject({
    capture: z.number(),
    live: z.number(),
    offered: z.number(),
    detected: z.number(),
  }),
  /** Age since capture at each hop, in ms over the last 60 s; a hop with no measurement is absent. */
  ages: z.partialRecord(hopSchema, percentilesSchema),
  /** Time in the inference engine over the last 60 s; `null` without any. */
  inferenceMs: percentilesSchema.nullable(),
  /** For the group `detector`; `null` while Redis is away. */
  books: booksSchema.nullable(),
  detection: z.strictObject({
    freshness: freshnessSchema,
    /** Why it is not fresh, in words for a person. */
    reason: z.string().nullable(),
    /** The model of the newest result, else the one that will be used; `null` when neither is known. */
    model: z.string().nullable(),
    /** When the newest result's frame was captured. */
    at: z.iso.datetime().nullable(),
    /** `null` while nothing can be said of it: detection is off, or its freshness is unknown. */
    share: detectorShareSchema.nullable(),
  }),
});

/** A camera's life. */
export type CameraState = z.infer<typeof cameraStateSchema>;
/** How far the newest detections can be trusted. */
export type Freshness = z.infer<typeof freshnessSchema>;
/** Stations of a frame's journey. */
export type Hop = z.infer<typeof hopSchema>;
/** Milliseconds below which 50, 95 and 99 of 100 measurements lie. */
export type Percentiles = z.infer<typeof percentilesSchema>;
/** What a camera gets of the detector. */
export type DetectorShare = z.infer<typeof detectorShareSchema>;
/** How one camera is doing now. */
export type CameraStatus = z.infer<typeof cameraStatusSchema>;
