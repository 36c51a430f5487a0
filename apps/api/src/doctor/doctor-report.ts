import { cameraIdSchema } from '@lookout/contracts';
import { z } from 'zod';

/**
 * The part that limits a camera. `none`: each was looked at, and none does. `off`: the camera is
 * switched off. `unknown`: too little is known to say, which is never the same as `none`.
 */
export const limitSchema = z.enum([
  'none',
  'source',
  'network',
  'decode',
  'redis',
  'inference',
  'viewer',
  'disk',
  'off',
  'unknown',
]);

/** `notice`: good to know, nobody misses anything yet; `critical`: nothing gets through at all. */
export const severitySchema = z.enum(['ok', 'notice', 'warning', 'critical']);

/** One number that speaks for a finding. */
export const evidenceSchema = z.strictObject({
  name: z.string(),
  /** `null`: it could not be measured. */
  value: z.number().nullable(),
  unit: z.string(),
  /** What the value is held against, in the same unit: what was wanted, or from where on it is bad. */
  bound: z.number().optional(),
});

const finding = {
  severity: severitySchema,
  /** What is the matter, in a sentence. */
  headline: z.string(),
  evidence: z.array(evidenceSchema),
  /** The one thing to do about it; `null` when there is nothing to do. */
  advice: z.string().nullable(),
};

/** A part that limits a camera, and how one sees it. */
export const cameraFindingSchema = z.strictObject({ limit: limitSchema, ...finding });

/** A part of the whole that is in a bad way. */
export const systemFindingSchema = z.strictObject({
  part: z.enum(['memory', 'api', 'redis', 'inference', 'disk']),
  ...finding,
});

const share = z.number().nullable();

export const doctorReportSchema = z.strictObject({
  checkedAt: z.iso.datetime(),
  /** The machine of the api; `null` for a caller who is limited to some cameras. */
  host: z
    .strictObject({
      cores: z.int(),
      /** Processes that wanted a core, on average over the last minute. */
      load1: z.number(),
      /** Of all cores, over the second of the check, from 0 to 1. */
      processorBusy: share,
      /** Of the api's main thread, from 0 to 1. */
      apiBusy: share,
      memoryBytes: z.number(),
      memoryAvailableBytes: z.number(),
      /** Of the disk that holds the data folder. */
      diskBytes: z.number().nullable(),
      diskFreeBytes: z.number().nullable(),
    })
    .nullable(),
  cameras: z.array(
    cameraFindingSchema.extend({
      cameraId: cameraIdSchema,
      /** Other parts that would limit it once this one did not, the heaviest first. */
      also: z.array(cameraFindingSchema),
    }),
  ),
  /** Of the whole; `null` for a caller who is limited to some cameras. */
  findings: z.array(systemFindingSchema).nullable(),
});

export type Limit = z.infer<typeof limitSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type CameraFinding = z.infer<typeof cameraFindingSchema>;
export type SystemFinding = z.infer<typeof systemFindingSchema>;
export type DoctorReport = z.infer<typeof doctorReportSchema>;
export type CameraDiagnosis = DoctorReport['cameras'][number];
