import type {
  Hit,
  LabelMemory,
  Look,
  Position,
  PresenceMemory,
  PresenceRules,
  Sighting,
  Stay,
  Step,
  Turn,
} from './memory.ts';
import { ended, resumed, started, stayed, surer } from './stay.ts';

const UNSEEN = 'No frame was looked at.';

/**
 * Takes a look into account. One that is not newer than all before it changes nothing, so that
 * whoever is not sure whether a look was counted may count it again.
 * @param newId - called for each stay that starts
 */
export function look(
  memory: PresenceMemory,
  now: Look,
  rules: PresenceRules,
  newId: () => string,
): Step {
  if (!isNews(memory, now)) return { memory, turns: [] };
  const since = memory.lookedAt;
  const passed = since === null ? 0 : Math.max(0, now.at - since);
  const wasLong = passed > rules.staleAfterMs;
  const reason = memory.blind ?? (wasLong ? UNSEEN : null);
  const gap =
    since === null || reason === null
      ? null
      : { from: Math.min(since, now.at), to: now.at, reason };
  const seen = new Map(now.sightings.map((sighting) => [sighting.label, sighting]));
  const known = new Map(memory.labels.map((label) => [label.label, label]));
  const turns: Turn[] = [];
  const labels: LabelMemory[] = [];
  for (const label of new Set([...known.keys(), ...seen.keys()])) {
    const before = known.get(label) ?? { label, looks: [], stay: null, absentMs: 0 };
    if (!rules.watches(label)) {
      if (before.stay !== null) turns.push(ended(before.stay, now.at));
      continue;
    }
    const sighting = seen.get(label);
    const hit = sighting === undefined ? null : hitOf(now, sighting);
    const looks = [...(wasLong ? [] : before.looks), hit].slice(-rules.window);
    const here = gap === null ? before.stay : resumed(before.stay, gap, turns);
    const absentMs = hit === null ? before.absentMs + (gap === null ? passed : 0) : 0;
    const stay =
      here === null
        ? started(label, looks, rules, newId, turns)
        : stayed(here, hit, absentMs, now.at, rules, turns);
    // What ended begins anew only with new hits.
    const kept = here !== null && stay === null ? [] : looks;
    if (stay !== null || kept.some((one) => one !== null)) {
      labels.push({ label, looks: kept, stay, absentMs });
    }
  }
  const { epoch, sequence } = now;
  return {
    memory: { position: { epoch, sequence }, lookedAt: now.at, blind: null, labels },
    turns,
  };
}

/**
 * Nobody can look any more, from now until the next look: every stay becomes uncertain.
 * @param reason - in words for a person
 * @param position - of the frame that could not be looked at, if it was that
 */
export function loseSight(memory: PresenceMemory, reason: string, position?: Position): Step {
  if (position !== undefined && !isNews(memory, position)) return { memory, turns: [] };
  const moved = position === undefined ? memory : { ...memory, position };
  if (memory.blind !== null) return { memory: moved, turns: [] };
  const turns: Turn[] = [];
  const labels = memory.labels.map((label) => {
    const { stay } = label;
    if (stay === null) return label;
    const from = memory.lookedAt ?? stay.lastSeenAt;
    const uncertain: Stay = {
      ...stay,
      state: 'uncertain',
      gaps: [...stay.gaps, { from, to: null, reason }],
    };
    turns.push({ kind: 'uncertain', stay: uncertain });
    return { ...label, stay: uncertain };
  });
  return { memory: { ...moved, blind: reason, labels }, turns };
}

/** The camera is gone: every stay ends, at this moment in ms since the Unix epoch. */
export function close(memory: PresenceMemory, at: number): Turn[] {
  return memory.labels.flatMap(({ stay }) => (stay === null ? [] : [ended(stay, at)]));
}

/**
 * Forgets a stay that goes on: it ends, at this moment in ms since the Unix epoch, and its label
 * begins anew only with new hits. One that is not there changes nothing.
 */
export function drop(memory: PresenceMemory, stayId: string, at: number): Step {
  const gone = memory.labels.find(({ stay }) => stay?.id === stayId);
  if (gone === undefined || gone.stay === null) return { memory, turns: [] };
  const labels = memory.labels.filter((label) => label !== gone);
  return { memory: { ...memory, labels }, turns: [ended(gone.stay, at)] };
}

/** The looks whose pictures may be wanted: the surest of each label, in its stay or before it. */
export function bestLooks(memory: PresenceMemory): Position[] {
  return memory.labels.flatMap(({ looks, stay }) => {
    const hits = looks.filter((one) => one !== null);
    const [first, ...rest] = hits;
    if (stay !== null) return [stay.best];
    return first === undefined ? [] : [rest.reduce(surer, first)];
  });
}

function isNews({ position }: PresenceMemory, { epoch, sequence }: Position): boolean {
  if (position === null) return true;
  return epoch > position.epoch || (epoch === position.epoch && sequence > position.sequence);
}

function hitOf({ at, epoch, sequence }: Look, { count, confidence }: Sighting): Hit {
  return { at, epoch, sequence, count, confidence };
}
