import type { Box, Detection } from '@lookout/contracts';

/** Two boxes of one label that overlap by so much are of one thing. */
const SAME_THING = 0.5;

/**
 * How far two sets of detections agree, frame by frame: the F1 score, 1 when each thing of one is in
 * the other. Each detection is matched once, the most confident first. NaN when nobody saw anything.
 */
export function agreement(
  reference: readonly (readonly Detection[])[],
  seen: readonly (readonly Detection[])[],
): number {
  let matched = 0;
  let all = 0;
  for (const [frame, wanted] of reference.entries()) {
    const found = seen[frame] ?? [];
    const left = new Set(wanted);
    all += wanted.length + found.length;
    for (const one of found) {
      const best = [...left]
        .filter(({ label }) => label === one.label)
        .map((other) => ({ other, overlap: overlap(other.box, one.box) }))
        .toSorted((a, b) => b.overlap - a.overlap)[0];
      if (best === undefined || best.overlap < SAME_THING) continue;
      left.delete(best.other);
      matched += 1;
    }
  }
  return (2 * matched) / all;
}

/** Intersection over union. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.width * a.height + b.width * b.height - shared);
}
