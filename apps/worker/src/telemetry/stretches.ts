import type { HopAges } from '@lookout/detection-feed';
import type { Stretch } from '@lookout/frame-traces';

const WAY = [
  ['taken', 'decoded', 'decode'],
  ['decoded', 'inferred', 'infer'],
  ['inferred', 'published', 'publish'],
] as const;

/** The worker's part of a frame's way, as far as it came. */
export function stretchesOf(ages: HopAges): Stretch[] {
  return WAY.flatMap(([start, end, name]) => {
    const [from, to] = [ages[start], ages[end]];
    return from === undefined || to === undefined ? [] : [{ name, from, to }];
  });
}
