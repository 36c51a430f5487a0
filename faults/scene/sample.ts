import type { CameraStatus } from '@lookout/contracts';

/** What an operator is told at one moment. */
export interface Sample {
  /** By `performance.now`: when it was asked for, and when the answer was there. */
  readonly askedAt: number;
  readonly at: number;
  /** Of the struck camera and of the other; `null`: the api did not answer. */
  readonly struck: CameraStatus | null;
  readonly other: CameraStatus | null;
  /** `ready`, `ready without redis`, `not ready` or `no answer`. */
  readonly readiness: string;
}

/** By `performance.now`. */
export interface Moments {
  readonly struckAt: number;
  /** Of the strike itself, when nobody mended it. */
  readonly mendedAt: number;
  readonly recoveredAt: number;
}
