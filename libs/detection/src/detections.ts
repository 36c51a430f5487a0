import type { Detection } from '@lookout/contracts';
import { toFrameBox, type Letterbox } from './letterbox.ts';
import { suppress } from './suppression.ts';
import { readYoloOutput } from './yolo-output.ts';

/** What a camera wants to be told of. */
export interface DetectionWish {
  /** Detections below this confidence (0 to 1) are not reported. */
  readonly minConfidence: number;
  /** Labels to report; empty means all. Labels that the model does not know match nothing. */
  readonly classes: readonly string[];
}

/**
 * Turns the output of a YOLOv5 model into detections, the most confident first: candidates of the
 * wanted classes, overlapping ones suppressed, in fractions of the frame.
 * @param output - rows of `5 + labels.length` numbers; see `readYoloOutput`
 * @param labels - names of the model's classes, by id
 * @throws RangeError when the output does not fit the labels
 */
export function readDetections(
  output: Float32Array,
  labels: readonly string[],
  place: Letterbox,
  wish: DetectionWish,
): Detection[] {
  const candidates = readYoloOutput(output, labels.length, {
    minConfidence: wish.minConfidence,
    classIds: wish.classes.length === 0 ? null : idsOf(wish.classes, labels),
  });
  const detections: Detection[] = [];
  for (const { classId, confidence, ...corners } of suppress(candidates)) {
    const box = toFrameBox(place, corners);
    const label = labels[classId];
    if (box !== null && label !== undefined) detections.push({ classId, label, confidence, box });
  }
  return detections;
}

function idsOf(classes: readonly string[], labels: readonly string[]): Set<number> {
  return new Set(classes.map((label) => labels.indexOf(label)));
}
