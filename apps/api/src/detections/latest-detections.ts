import { cameraIdSchema, detectionResultSchema, freshnessSchema } from '@lookout/contracts';
import { z } from 'zod';

const trust = {
  freshness: freshnessSchema,
  /** Why it is not fresh, in words for a person. */
  reason: z.string().nullable(),
};

/** The newest result with its freshness. Without any, `detections` is `null`, never an empty list. */
export const latestDetectionsSchema = z.union([
  detectionResultSchema.extend(trust),
  z.strictObject({ cameraId: cameraIdSchema, ...trust, detections: z.null() }),
]);

export type LatestDetections = z.infer<typeof latestDetectionsSchema>;
