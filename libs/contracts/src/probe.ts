import { z } from 'zod';
import { cameraIdSchema } from './camera.ts';
import { sourceSchema } from './source.ts';

/** A source to be looked at before a camera is made of it. */
export const probeRequestSchema = z.strictObject({
  source: sourceSchema,
  /** The camera that `***` in the source's address was read from: its credentials are used. */
  cameraId: cameraIdSchema.optional(),
});

/** What a short look at a source showed. */
export const probeResultSchema = z.strictObject({
  /** Whether a camera of this source would show a picture. */
  ok: z.boolean(),
  /** As ffprobe calls it: `h264`, `hevc`, `mjpeg`. */
  codec: z.string().nullable(),
  /** Pixels. */
  width: z.int().nullable(),
  /** Pixels. */
  height: z.int().nullable(),
  /** Frames per second as they came; `null` when too few came to tell. */
  fps: z.number().nullable(),
  /** Whether there is sound; Lookout leaves it out. */
  audio: z.boolean(),
  /** One picture, at most 640 pixels wide. */
  jpegBase64: z.string().nullable(),
  /** What to do better, in words for the operator. */
  advice: z.array(z.string()),
  /** Why it is not ok, in words for the operator and without credentials. */
  error: z.string().nullable(),
});

/** A source to be looked at. */
export type ProbeRequest = z.infer<typeof probeRequestSchema>;
/** What a short look at a source showed. */
export type ProbeResult = z.infer<typeof probeResultSchema>;
