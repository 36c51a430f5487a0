import { z } from 'zod';
import { eventSettingsSchema } from './event-settings.ts';
import { sourceSchema } from './source.ts';

/** A camera's id: a slug made by the server, fit for an address, a Redis key and a metric label. */
export const cameraIdSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a slug of a-z, 0-9 and "-"');

/** Frames per second; fractions allow "one frame in ten seconds". */
const fpsSchema = z.number().min(0.1).max(60);

/** What of a camera's picture is kept as a frame. */
export const frameSettingsSchema = z.strictObject({
  /** Width of a frame in pixels; a smaller source is not enlarged. The height follows the source. */
  width: z.int().min(64).max(3840).multipleOf(2).default(640),
  /** JPEG quality, 1 (worst) to 100 (best). */
  quality: z.int().min(1).max(100).default(80),
});

/** Whether and how a camera's frames are looked at by the detector. */
export const detectionSettingsSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** Id of a model in the catalog; `null` is the installation's default. */
  model: z.string().min(1).max(100).nullable().default(null),
  /** Detections below this confidence (0 to 1) are not reported. */
  minConfidence: z.number().min(0.01).max(1).default(0.4),
  /** Labels to report; empty means all. */
  classes: z.array(z.string().min(1).max(100)).max(200).default([]),
  /**
   * Share of a detector that cannot keep up, against the weights of the other cameras: with twice the
   * weight, twice the rate.
   */
  weight: z.number().min(0.1).max(10).default(1),
  /**
   * Frames per second that are looked at even when the share by weight is less; never above
   * `detectFps`. More promised to all cameras than the detector can do is kept in part, by each in
   * the same proportion.
   */
  minFps: z.number().min(0).max(60).default(0),
  events: eventSettingsSchema.default(() => eventSettingsSchema.parse({})),
});

const LIVE_FPS = 15;
const DETECT_FPS = 5;

function defaultFps(fps: number, captureFps: number): number {
  return Math.min(fps, captureFps);
}

const cameraFields = {
  name: z.string().trim().min(1, 'must not be empty').max(100),
  enabled: z.boolean().default(true),
  source: sourceSchema,
  captureFps: fpsSchema.default(30),
  liveFps: fpsSchema.optional(),
  detectFps: fpsSchema.optional(),
  frame: frameSettingsSchema.default(() => frameSettingsSchema.parse({})),
  detection: detectionSettingsSchema.default(() => detectionSettingsSchema.parse({})),
};

/**
 * What a client sends to make a camera. Only `name` and `source` are needed: the defaults 30, 15 and
 * 5 frames per second are those of the sample that Lookout grew from. `liveFps` and `detectFps` never
 * exceed `captureFps`: a given value above it is refused, a default is lowered to it. Nor does
 * `detection.minFps` exceed `detectFps`.
 */
export const newCameraSchema = z
  .strictObject(cameraFields)
  .superRefine((camera, context) => {
    const detectFps = camera.detectFps ?? defaultFps(DETECT_FPS, camera.captureFps);
    if (camera.detection.minFps > detectFps) {
      context.addIssue({
        code: 'custom',
        path: ['detection', 'minFps'],
        message: `must not be above detectFps (${String(detectFps)})`,
      });
    }
    for (const rate of ['liveFps', 'detectFps'] as const) {
      const fps = camera[rate];
      if (fps !== undefined && fps > camera.captureFps) {
        context.addIssue({
          code: 'custom',
          path: [rate],
          message: `must not be above captureFps (${String(camera.captureFps)})`,
        });
      }
    }
  })
  .transform((camera) => ({
    ...camera,
    liveFps: camera.liveFps ?? defaultFps(LIVE_FPS, camera.captureFps),
    detectFps: camera.detectFps ?? defaultFps(DETECT_FPS, camera.captureFps),
  }));

/** A camera as the server keeps and shows it. */
export const cameraSchema = z.strictObject({
  id: cameraIdSchema,
  name: z.string(),
  enabled: z.boolean(),
  source: sourceSchema,
  captureFps: fpsSchema,
  liveFps: fpsSchema,
  detectFps: fpsSchema,
  frame: frameSettingsSchema,
  detection: detectionSettingsSchema,
  /** One more at each change; the number inside the ETag. */
  version: z.int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** What of a camera's picture is kept as a frame. */
export type FrameSettings = z.infer<typeof frameSettingsSchema>;
/** Whether and how a camera's frames are looked at by the detector. */
export type DetectionSettings = z.infer<typeof detectionSettingsSchema>;
/** A camera to be made, with every default filled in. */
export type NewCamera = z.output<typeof newCameraSchema>;
/** A camera as a client may describe it, defaults left out. */
export type NewCameraInput = z.input<typeof newCameraSchema>;
/** A camera as the server keeps and shows it. */
export type Camera = z.infer<typeof cameraSchema>;
