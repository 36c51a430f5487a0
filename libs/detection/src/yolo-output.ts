import type { Candidate } from './candidate.ts';

/** What precedes the class scores in a row of the output: centre x, centre y, width, height, objectness. */
const BEFORE_CLASSES = 5;

/** Which candidates are wanted. */
export interface CandidateFilter {
  /** Candidates below this confidence (0 to 1) are left out. */
  readonly minConfidence: number;
  /** Ids of the classes to report; `null`: all. */
  readonly classIds: ReadonlySet<number> | null;
}

/**
 * Reads the output of a YOLOv5 model: rows of `5 + classCount` numbers, boxes in pixels of the
 * input, objectness and class scores between 0 and 1. A candidate's confidence is objectness times
 * its best class' score.
 * @throws RangeError when the output is not made of whole rows
 */
export function readYoloOutput(
  output: Float32Array,
  classCount: number,
  { minConfidence, classIds }: CandidateFilter,
): Candidate[] {
  const rowLength = BEFORE_CLASSES + classCount;
  if (output.length % rowLength !== 0) {
    throw new RangeError(
      `an output of ${String(output.length)} numbers is not made of rows of ${String(rowLength)}`,
    );
  }
  const candidates: Candidate[] = [];
  for (let row = 0; row < output.length; row += rowLength) {
    const objectness = output[row + 4] ?? 0;
    // No class score exceeds 1, so most rows end here. NaN ends here too.
    if (!(objectness >= minConfidence)) continue;
    const classId = bestClass(output, row + BEFORE_CLASSES, classCount);
    const confidence = objectness * (output[row + BEFORE_CLASSES + classId] ?? 0);
    if (!(confidence >= minConfidence)) continue;
    if (classIds !== null && !classIds.has(classId)) continue;
    const x = output[row] ?? 0;
    const y = output[row + 1] ?? 0;
    const halfWidth = (output[row + 2] ?? 0) / 2;
    const halfHeight = (output[row + 3] ?? 0) / 2;
    candidates.push({
      classId,
      confidence,
      left: x - halfWidth,
      top: y - halfHeight,
      right: x + halfWidth,
      bottom: y + halfHeight,
    });
  }
  return candidates;
}

function bestClass(output: Float32Array, offset: number, classCount: number): number {
  let best = 0;
  let bestScore = -1;
  for (let classId = 0; classId < classCount; classId += 1) {
    const score = output[offset + classId] ?? 0;
    if (score > bestScore) {
      best = classId;
      bestScore = score;
    }
  }
  return best;
}
