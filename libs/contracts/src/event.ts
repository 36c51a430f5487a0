import { z } from 'zod';
import { cameraIdSchema } from './camera.ts';
import { detectionSchema } from './detection.ts';

/**
 * `active`: it is there. `uncertain`: nobody could look since, so it may have gone. `ended`: it was
 * looked for, and was not there.
 */
export const eventStateSchema = z.enum(['active', 'uncertain', 'ended']);

/** A time in which nobody looked. */
export const gapSchema = z.strictObject({
  /** Of the last look before. */
  from: z.iso.datetime(),
  /** Of the first look after; `null` while it lasts. */
  to: z.iso.datetime().nullable(),
  /** Why, in words for a person. */
  reason: z.string(),
});

const eventIdSchema = z.string().regex(/^[0-9a-z-]{8,64}$/, 'must be the id of an event');

/** What is told of an event at each change of its state. */
export const eventNoticeSchema = z.strictObject({
  id: eventIdSchema,
  cameraId: cameraIdSchema,
  label: z.string(),
  state: eventStateSchema,
  /** Capture of the first result that counted towards it. */
  startedAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  /** `null` until it has ended. */
  endedAt: z.iso.datetime().nullable(),
  /** 0 to 1. */
  maxConfidence: z.number(),
  /** Largest number seen at once. */
  maxCount: z.int().min(1),
});

/** Something that was in front of a camera for a while. */
export const eventSchema = eventNoticeSchema.extend({
  /** Since when nobody could look; `null` unless `uncertain`. */
  uncertainSince: z.iso.datetime().nullable(),
  /** Number of results that it was in. */
  results: z.int().min(1),
  /** The longest hundred, in order. */
  gaps: z.array(gapSchema),
  /** The frame of the highest confidence of which there is a picture; `null` when there is none. */
  snapshot: z
    .strictObject({
      capturedAt: z.iso.datetime(),
      confidence: z.number(),
      /** What was seen in it of this label. */
      detections: z.array(detectionSchema),
    })
    .nullable(),
});

/** A part of the events, newest first. */
export const eventPageSchema = z.strictObject({
  items: z.array(eventSchema),
  /** To be given as `cursor` for what came before; `null` at the end. */
  nextCursor: z.string().nullable(),
});

/** Whether it is there, may be there, or has gone. */
export type EventState = z.infer<typeof eventStateSchema>;
/** A time in which nobody looked. */
export type Gap = z.infer<typeof gapSchema>;
/** What is told of an event at each change of its state. */
export type EventNotice = z.infer<typeof eventNoticeSchema>;
/** Something that was in front of a camera for a while; not to be confused with the DOM's events. */
export type PresenceEvent = z.infer<typeof eventSchema>;
/** A part of the events, newest first. */
export type EventPage = z.infer<typeof eventPageSchema>;
