import { type Camera, type Freshness, staleAfterMs } from '@lookout/contracts';
import type { PresenceMemory } from '@lookout/presence';
import { presenceRules } from '../events/presence-rules.ts';

/** Whether something of a label is in front of a camera; `unknown` while nobody can tell. */
export type Presence = 'present' | 'absent' | 'unknown';

/** Everything that decides what can be said of a camera's labels. */
export interface Sight {
  readonly camera: Camera;
  readonly freshness: Freshness;
  /** What the events go on from; `null` before they began. */
  readonly memory: PresenceMemory | null;
  /** ms since the Unix epoch. */
  readonly now: number;
}

/**
 * `absent` is only said of what was looked for, in the newest result, and not found. What was found,
 * though not often enough for an event, is left at `absent` as long as that takes at the wished rate,
 * so that a sensor does not flicker before each event.
 */
export function presenceOf({ camera, freshness, memory, now }: Sight, label: string): Presence {
  if (memory?.blind !== null || freshness !== 'fresh') return 'unknown';
  const { lookedAt } = memory;
  if (lookedAt === null || now - lookedAt > staleAfterMs(camera)) return 'unknown';
  const known = memory.labels.find((one) => one.label === label);
  if (known === undefined) return 'absent';
  if (known.stay !== null) return known.stay.state === 'uncertain' ? 'unknown' : 'present';
  const first = known.looks.find((one) => one !== null);
  const undecided = (known.looks.at(-1) ?? null) !== null && first !== undefined;
  return undecided && now - first.at > staleAfterMs(camera) ? 'unknown' : 'absent';
}

/** Labels that the camera's settings name and those seen so far, as far as they make events. */
export function labelsOf(camera: Camera, seen: Iterable<string>): string[] {
  const rules = presenceRules(camera);
  const { classes, events } = camera.detection;
  return [...new Set([...events.labels, ...classes, ...seen])].filter((label) =>
    rules.watches(label),
  );
}
