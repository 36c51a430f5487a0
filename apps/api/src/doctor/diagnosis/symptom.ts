import type { CameraFinding, Limit } from '../doctor-report.ts';

/** A part that holds a camera back. */
export interface Symptom extends CameraFinding {
  readonly limit: Exclude<Limit, 'none' | 'off' | 'unknown'>;
  /** What would be won if it did not, as a share of what is wanted, from 0 to 1. */
  readonly gain: number;
}
