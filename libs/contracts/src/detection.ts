import { z } from 'zod';
import { frameIdSchema } from './frame.ts';

/** A rectangle in fractions of the frame (0 to 1); `x`,`y` is the top left corner. */
export const boxSchema = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

/** One object seen in one frame. */
export const detectionSchema = z.strictObject({
  /** Index into the model's labels. */
  classId: z.int().min(0),
  label: z.string(),
  /** 0 to 1. */
  confidence: z.number(),
  box: boxSchema,
});

/** What the detector saw in one frame; an empty list means that it looked and found nothing. */
export const detectionResultSchema = frameIdSchema.extend({
  /** Of the frame, in ms since the Unix epoch. */
  capturedAt: z.number(),
  /** The moment of publishing, in ms since the Unix epoch. */
  completedAt: z.number(),
  /** Time in the inference engine, all repeats included. */
  inferenceMs: z.number(),
  /** Id of the model in the catalog. */
  model: z.string(),
  /** Unique to a worker process. */
  worker: z.string(),
  detections: z.array(detectionSchema),
});

/** A rectangle in fractions of the frame (0 to 1); `x`,`y` is the top left corner. */
export type Box = z.infer<typeof boxSchema>;
/** One object seen in one frame. */
export type Detection = z.infer<typeof detectionSchema>;
/** What the detector saw in one frame. */
export type DetectionResult = z.infer<typeof detectionResultSchema>;
