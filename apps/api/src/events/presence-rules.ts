import { type Camera, staleAfterMs } from '@lookout/contracts';
import type { FeedEntry } from '@lookout/detection-feed';
import type { Look, PresenceRules, Sighting } from '@lookout/presence';

/** What makes and ends a camera's events. What the camera does not report is not looked for. */
export function presenceRules(camera: Camera): PresenceRules {
  const { classes, events } = camera.detection;
  return {
    minHits: events.minHits,
    window: events.window,
    endAfterMs: events.endAfterMs,
    staleAfterMs: staleAfterMs(camera),
    watches: (label) => isWanted(label, events.labels) && isWanted(label, classes),
  };
}

/**
 * A result as the presence of labels: how many of each, and how sure. It is late when it was stale as
 * it was published, and as it came here: each of the two may be the fault of a clock, or of this
 * process that was not there to read it.
 * @param receivedAt - ms since the Unix epoch
 */
export function lookOf(
  { result, ages }: Extract<FeedEntry, { kind: 'result' }>,
  camera: Camera,
  receivedAt: number,
): Look {
  const { epoch, sequence, capturedAt, completedAt, detections } = result;
  const ageMs = Math.min(ages.published ?? completedAt - capturedAt, receivedAt - capturedAt);
  const late = ageMs > staleAfterMs(camera);
  const sightings = new Map<string, Sighting>();
  for (const { label, confidence } of detections) {
    const { count, confidence: surest } = sightings.get(label) ?? { count: 0, confidence: 0 };
    sightings.set(label, {
      label,
      count: count + 1,
      confidence: Math.max(surest, confidence),
    });
  }
  return { at: Math.round(capturedAt), epoch, sequence, late, sightings: [...sightings.values()] };
}

function isWanted(label: string, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.includes(label);
}
