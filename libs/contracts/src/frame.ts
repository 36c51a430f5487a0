import { z } from 'zod';
import { cameraIdSchema } from './camera.ts';

/** Names one frame of one camera for ever; order is (epoch, sequence). */
export const frameIdSchema = z.strictObject({
  cameraId: cameraIdSchema,
  /** One more at each start of a capture, never used again. */
  epoch: z.int().min(0),
  /** Starts at 0 in each epoch, one more for each frame. */
  sequence: z.int().min(0),
});

/** What is known of a frame besides its pixels. */
export const frameMetaSchema = frameIdSchema.extend({
  /** When the decoder handed the frame over, in ms since the Unix epoch; the camera's own delay is not in it. */
  capturedAt: z.number(),
  /** Pixels. */
  width: z.int().min(1),
  /** Pixels. */
  height: z.int().min(1),
});

/** Names one frame of one camera for ever; order is (epoch, sequence). */
export type FrameId = z.infer<typeof frameIdSchema>;
/** What is known of a frame besides its pixels. */
export type FrameMeta = z.infer<typeof frameMetaSchema>;

/**
 * A frame on its way: an encoded JPEG and where it came from. Nobody copies or changes `jpeg`.
 */
export interface Frame extends FrameMeta {
  /** The encoded picture. */
  readonly jpeg: Uint8Array;
  /** The moment of `capturedAt` on the host's monotonic clock, in ms; see `host`. */
  readonly capturedMonotonic: number;
  /** Identifies the boot of the host whose monotonic clock was read: ages are comparable only within it. */
  readonly host: string;
}

/** Orders two frames of one camera: below 0 when `a` is older, 0 when they are the same. */
export function compareFrames(
  a: Pick<FrameId, 'epoch' | 'sequence'>,
  b: Pick<FrameId, 'epoch' | 'sequence'>,
): number {
  return a.epoch - b.epoch || a.sequence - b.sequence;
}
