import { z } from 'zod';
import { cameraIdSchema } from './camera.ts';
import type { DetectionResult } from './detection.ts';
import type { EventNotice } from './event.ts';
import type { FrameMeta } from './frame.ts';
import type { CameraStatus } from './status.ts';

/** `live` is the newest picture; `exact` is the very frame that was inferred, right before its detections. */
export const watchModeSchema = z.enum(['live', 'exact']);

/** A viewer's wish to see a camera; a second one for the same camera replaces the first. */
export const watchSchema = z.strictObject({
  cameraId: cameraIdSchema,
  maxFps: z.number().min(0.1).max(60).optional(),
  mode: watchModeSchema.default('live'),
});

/** A viewer's wish to see a camera no more. */
export const unwatchSchema = z.strictObject({ cameraId: cameraIdSchema });

/** What a viewer says of a frame that it got. */
export const frameAckSchema = z.strictObject({
  /** From receiving to drawing, in ms. */
  drawnAfterMs: z.number().min(0).optional(),
});

/** `live` or `exact`. */
export type WatchMode = z.infer<typeof watchModeSchema>;
/** A viewer's wish to see a camera, as it is sent. */
export type WatchRequest = z.input<typeof watchSchema>;
/** A viewer's wish to see a camera no more. */
export type UnwatchRequest = z.infer<typeof unwatchSchema>;
/** What a viewer says of a frame that it got. */
export type FrameAck = z.infer<typeof frameAckSchema>;
/** The answer to `watch` and `unwatch`. */
export type WatchReply = { ok: true } | { ok: false; error: string };

/** Events from a viewer to the server, typed once for both ends. */
export interface ViewerEvents {
  watch: (request: WatchRequest, reply?: (reply: WatchReply) => void) => void;
  unwatch: (request: UnwatchRequest, reply?: (reply: WatchReply) => void) => void;
}

/** Events from the server to a viewer, typed once for both ends. */
export interface LiveEvents {
  frame: (meta: FrameMeta, jpeg: ArrayBuffer | Uint8Array, ack: (ack?: FrameAck) => void) => void;
  detections: (result: DetectionResult) => void;
  status: (status: CameraStatus) => void;
  event: (notice: EventNotice) => void;
}
