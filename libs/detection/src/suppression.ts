import type { Candidate } from './candidate.ts';
import type { Corners } from './letterbox.ts';

/** When two candidates count as the same object, and how many objects there may be. */
export interface SuppressionLimits {
  /** Two candidates of one class that overlap more than this (intersection over union) are one object. */
  readonly maxOverlap: number;
  /** At most so many are kept, the most confident ones. */
  readonly maxKept: number;
}

/** What YOLOv5 itself uses to show detections; `docs/design/model.md` has the measurements. */
export const DEFAULT_SUPPRESSION: SuppressionLimits = { maxOverlap: 0.45, maxKept: 300 };

/**
 * Class-aware non-maximum suppression: of candidates of one class that overlap, the most confident
 * stays. The order of the candidates does not matter.
 * @returns the kept ones, most confident first
 */
export function suppress<C extends Candidate>(
  candidates: readonly C[],
  { maxOverlap, maxKept }: SuppressionLimits = DEFAULT_SUPPRESSION,
): C[] {
  const kept: C[] = [];
  for (const candidate of candidates.toSorted(compareCandidates)) {
    if (kept.length >= maxKept) break;
    const known = kept.some(
      (other) => other.classId === candidate.classId && overlap(other, candidate) > maxOverlap,
    );
    if (!known) kept.push(candidate);
  }
  return kept;
}

/** Intersection over union of two rectangles, 0 (apart) to 1 (the same). */
export function overlap(a: Corners, b: Corners): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (!(width > 0 && height > 0)) return 0;
  const intersection = width * height;
  return intersection / (area(a) + area(b) - intersection);
}

function area({ left, top, right, bottom }: Corners): number {
  return (right - left) * (bottom - top);
}

/** The most confident first; ties are broken by what else there is, so that the order is always the same. */
function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.confidence - a.confidence ||
    a.classId - b.classId ||
    a.left - b.left ||
    a.top - b.top ||
    a.right - b.right ||
    a.bottom - b.bottom
  );
}
