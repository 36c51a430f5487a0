import type {
  Blind,
  Blindness,
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

const UNSEEN: Blind = { reason: 'No frame was looked at.', late: true };
/** Results come, and are stale when they do; or none came for so long that the last one is. */
export const LATE: Blind = { reason: 'No result came in time.', late: true };
/** A hit of longer ago, in ms, starts no stay any more, however rare looks are. */
const OLDEST_HIT_MS = 120_000;

/**
 * Takes a look into account. One that is not newer than all before it changes nothing, so that
 * whoever is not sure whether a look was counted may count it again. A late one is a result, with
 * which a stay may start, but no sight: what is there is uncertain since the last look that was not.
 * @param newId - called for each stay that starts
 */
export function look(
  memory: PresenceMemory,
  now: Look,
  rules: PresenceRules,
  newId: () => string,
): Step {
  if (!isNews(memory, now)) return { memory, turns: [] };
  const { epoch, sequence } = now;
  const glance = glanceAt(memory, now, rules);
  const seen = new Map(now.sightings.map((sighting) => [sighting.label, sighting]));
  const known = new Map(memory.labels.map((label) => [label.label, label]));
  const turns: Turn[] = [];
  const labels = [...new Set([...known.keys(), ...seen.keys()])].flatMap((label) => {
    const before = known.get(label) ?? { label, looks: [], gaps: [], stay: null, absentMs: 0 };
    if (!rules.watches(label)) {
      if (before.stay !== null) turns.push(ended(before.stay, now.at));
      return [];
    }
    const sighting = seen.get(label);
    const hit = sighting === undefined ? null : hitOf(now, sighting);
    return labelAfter(before, hit, glance, rules, newId, turns) ?? [];
  });
  const position = { epoch, sequence };
  if (!now.late) {
    return { memory: { position, lookedAt: now.at, blind: null, labels }, turns };
  }
  const dark = loseSight({ ...memory, position, labels, blind: null }, LATE);
  const { blind } = memory;
  return {
    memory: blind === null ? dark.memory : { ...dark.memory, blind },
    turns: [...turns, ...dark.turns],
  };
}

/** What a look means for every label. */
interface Glance {
  readonly at: number;
  readonly late: boolean;
  /** Nobody could look between the last look and this one. */
  readonly gap: Blindness | null;
  /** How much of the time since the last look there was sight, in ms. */
  readonly sightMs: number;
}

function glanceAt({ lookedAt, blind }: PresenceMemory, now: Look, rules: PresenceRules): Glance {
  const { at, late } = now;
  const passed = lookedAt === null ? 0 : Math.max(0, at - lookedAt);
  const why = blind ?? (passed > rules.staleAfterMs ? UNSEEN : null);
  if (why === null) return { at, late, gap: null, sightMs: passed };
  const from = Math.min(lookedAt ?? at, at);
  const sightMs = why.late ? Math.min(passed, rules.staleAfterMs) : 0;
  return { at, late, gap: { from, to: at, reason: why.reason }, sightMs };
}

/** What is remembered of a label after a look; `null`: nothing. */
function labelAfter(
  { label, stay: before, absentMs: absentBefore, ...past }: LabelMemory,
  hit: Hit | null,
  { at, late, gap, sightMs }: Glance,
  rules: PresenceRules,
  newId: () => string,
  turns: Turn[],
): LabelMemory | null {
  const recent = past.looks.filter((one) => one === null || at - one.at <= OLDEST_HIT_MS);
  const looks = [...recent, hit].slice(-rules.window);
  const first = looks.find((one) => one !== null);
  const gaps = [...past.gaps, ...(gap === null || late ? [] : [gap])].filter(
    ({ from, to }) => first !== undefined && to !== from && (to ?? at) > first.at,
  );
  if (before === null) {
    const stay = started(label, looks, gaps, rules, newId, turns);
    if (first === undefined) return null;
    return { label, looks, gaps: stay === null ? gaps : [], stay, absentMs: 0 };
  }
  if (late) return { label, looks, gaps: [], stay: before, absentMs: absentBefore };
  const here = gap === null ? before : resumed(before, gap, rules, turns);
  const absentMs = hit === null ? absentBefore + sightMs : 0;
  const stay = stayed(here, hit, absentMs, at, rules, turns);
  // What ended begins anew only with new hits.
  return stay === null ? null : { label, looks, gaps: [], stay, absentMs };
}

/**
 * Nobody can look any more, from now until the next look: every stay becomes uncertain.
 * @param position - of the frame that could not be looked at, if it was that
 */
export function loseSight(memory: PresenceMemory, why: Blind, position?: Position): Step {
  if (position !== undefined && !isNews(memory, position)) return { memory, turns: [] };
  const moved = position === undefined ? memory : { ...memory, position };
  if (memory.blind !== null) return { memory: moved, turns: [] };
  const turns: Turn[] = [];
  const labels = memory.labels.map((label) => {
    const { stay } = label;
    if (stay?.state !== 'active') return label;
    const from = Math.max(memory.lookedAt ?? stay.lastSeenAt, stay.lastSeenAt);
    const uncertain: Stay = {
      ...stay,
      state: 'uncertain',
      gaps: [...stay.gaps, { from, to: null, reason: why.reason }],
    };
    turns.push({ kind: 'uncertain', stay: uncertain });
    return { ...label, stay: uncertain };
  });
  return { memory: { ...moved, blind: why, labels }, turns };
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
