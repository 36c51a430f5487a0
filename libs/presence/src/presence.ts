/** Place of a frame among those of its camera; order is (epoch, sequence). */
export interface Position {
  readonly epoch: number;
  readonly sequence: number;
}

/** One label in one look. */
export interface Sighting {
  readonly label: string;
  /** How many were seen at once, at least 1. */
  readonly count: number;
  /** Of the surest of them, 0 to 1. */
  readonly confidence: number;
}

/** A frame that was looked at, and everything that was seen in it: none is "looked, and saw nothing". */
export interface Look extends Position {
  /** Capture, in ms since the Unix epoch. */
  readonly at: number;
  readonly sightings: readonly Sighting[];
}

/** What makes and ends an event; may differ from look to look. */
export interface PresenceRules {
  /** An event starts when its label was in this many of the last `window` looks. */
  readonly minHits: number;
  readonly window: number;
  /** It ends when its label was in no look for this long, in ms; times without looks don't count. */
  readonly endAfterMs: number;
  /** Looks further apart than this, in ms, have a gap between them. */
  readonly staleAfterMs: number;
  /** Whether anybody wants events of this label. */
  watches(label: string): boolean;
}

/** The look in which a label was seen surest. */
export interface BestLook extends Position {
  /** Capture, in ms since the Unix epoch. */
  readonly at: number;
  readonly confidence: number;
}

/** A time without looks, in ms since the Unix epoch. */
export interface Blindness {
  /** Of the last look before. */
  readonly from: number;
  /** Of the first look after; `null` while it lasts. */
  readonly to: number | null;
  /** Why, in words for a person. */
  readonly reason: string;
}

/** One stay of a label in front of a camera. Moments are in ms since the Unix epoch. */
export interface Stay {
  readonly id: string;
  readonly label: string;
  readonly state: 'active' | 'uncertain' | 'ended';
  /** Of the first look that counted towards it. */
  readonly startedAt: number;
  readonly lastSeenAt: number;
  readonly endedAt: number | null;
  readonly maxCount: number;
  /** Number of looks that it was in. */
  readonly results: number;
  readonly best: BestLook;
  /** The longest 100, in order; the last is open while the stay is `uncertain`. */
  readonly gaps: readonly Blindness[];
}

/** Something that happened to a stay; `seen` changes no state. */
export interface Turn {
  readonly kind: 'started' | 'seen' | 'uncertain' | 'resumed' | 'ended';
  readonly stay: Stay;
}

interface Hit extends Position {
  readonly at: number;
  readonly count: number;
  readonly confidence: number;
}

/** What is remembered of one label. */
export interface LabelMemory {
  readonly label: string;
  /** Newest looks, oldest first; `null` where the label was not seen. */
  readonly looks: readonly (Hit | null)[];
  readonly stay: Stay | null;
  /** How long it was looked for in vain since it was last seen, in ms. */
  readonly absentMs: number;
}

/** Everything that is remembered of one camera: plain data, fit for JSON. */
export interface PresenceMemory {
  /** The newest frame that was heard of; older ones are ignored. */
  readonly position: Position | null;
  /** The newest look's capture, in ms since the Unix epoch. */
  readonly lookedAt: number | null;
  /** Why nobody can look; `null` while they can. */
  readonly blind: string | null;
  readonly labels: readonly LabelMemory[];
}

/** A memory and what has just happened. */
export interface Step {
  readonly memory: PresenceMemory;
  readonly turns: readonly Turn[];
}

/** The memory of a camera that nobody has looked through yet. */
export const NOTHING_SEEN: PresenceMemory = {
  position: null,
  lookedAt: null,
  blind: null,
  labels: [],
};

const MAX_GAPS = 100;
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

/** Forgets a stay that goes on: it begins anew only with new hits. */
export function drop(memory: PresenceMemory, stayId: string): PresenceMemory {
  return { ...memory, labels: memory.labels.filter(({ stay }) => stay?.id !== stayId) };
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

function surer<Sure extends { readonly confidence: number }>(a: Sure, b: Sure): Sure {
  return b.confidence > a.confidence ? b : a;
}

function isNews({ position }: PresenceMemory, { epoch, sequence }: Position): boolean {
  if (position === null) return true;
  return epoch > position.epoch || (epoch === position.epoch && sequence > position.sequence);
}

function hitOf({ at, epoch, sequence }: Look, { count, confidence }: Sighting): Hit {
  return { at, epoch, sequence, count, confidence };
}

function bestOf({ at, epoch, sequence, confidence }: Hit): BestLook {
  return { at, epoch, sequence, confidence };
}

function started(
  label: string,
  looks: readonly (Hit | null)[],
  rules: PresenceRules,
  newId: () => string,
  turns: Turn[],
): Stay | null {
  const hits = looks.filter((one) => one !== null);
  const [first] = hits;
  if (first === undefined || hits.length < rules.minHits) return null;
  const surest = hits.reduce(surer);
  const stay: Stay = {
    id: newId(),
    label,
    state: 'active',
    startedAt: first.at,
    lastSeenAt: Math.max(...hits.map(({ at }) => at)),
    endedAt: null,
    maxCount: Math.max(...hits.map(({ count }) => count)),
    results: hits.length,
    best: bestOf(surest),
    gaps: [],
  };
  turns.push({ kind: 'started', stay });
  return stay;
}

function stayed(
  stay: Stay,
  hit: Hit | null,
  absentMs: number,
  at: number,
  rules: PresenceRules,
  turns: Turn[],
): Stay | null {
  if (hit === null) {
    if (absentMs < rules.endAfterMs) return stay;
    turns.push(ended(stay, at));
    return null;
  }
  const seen: Stay = {
    ...stay,
    lastSeenAt: Math.max(stay.lastSeenAt, hit.at),
    maxCount: Math.max(stay.maxCount, hit.count),
    results: stay.results + 1,
    best: hit.confidence > stay.best.confidence ? bestOf(hit) : stay.best,
  };
  turns.push({ kind: 'seen', stay: seen });
  return seen;
}

/** The gap is over; what was not yet uncertain was so all the same, and is told of it now. */
function resumed(stay: Stay | null, gap: Blindness, turns: Turn[]): Stay | null {
  if (stay === null) return null;
  const gaps = [...stay.gaps.filter(({ to }) => to !== null), gap];
  const back: Stay = { ...stay, state: 'active', gaps: longest(gaps) };
  turns.push({ kind: stay.state === 'uncertain' ? 'resumed' : 'seen', stay: back });
  return back;
}

function ended(stay: Stay, at: number): Turn {
  const endedAt = Math.max(at, stay.lastSeenAt);
  const gaps = stay.gaps.map((gap) => ({ ...gap, to: gap.to ?? Math.max(endedAt, gap.from) }));
  return { kind: 'ended', stay: { ...stay, state: 'ended', endedAt, gaps } };
}

function longest(gaps: readonly Blindness[]): readonly Blindness[] {
  if (gaps.length <= MAX_GAPS) return gaps;
  const length = ({ from, to }: Blindness): number => (to ?? from) - from;
  const shortest = gaps.reduce((a, b) => (length(b) < length(a) ? b : a));
  return gaps.filter((gap) => gap !== shortest);
}
