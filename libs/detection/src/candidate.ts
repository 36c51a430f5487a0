import type { Corners } from './letterbox.ts';

/** A rectangle in which the model believes to see something, before suppression; pixels of the input. */
export interface Candidate extends Corners {
  /** Index into the model's labels. */
  readonly classId: number;
  /** 0 to 1. */
  readonly confidence: number;
}
