import type { BestLook, Blindness, Hit, PresenceRules, Stay, Turn } from './memory.ts';

const MAX_GAPS = 100;

/** The surer of two; of equals the first. */
export function surer<Sure extends { readonly confidence: number }>(a: Sure, b: Sure): Sure {
  return b.confidence > a.confidence ? b : a;
}

function bestOf({ at, epoch, sequence, confidence }: Hit): BestLook {
  return { at, epoch, sequence, confidence };
}

/** A stay that starts with these looks, oldest first; `null`: they are not enough for one. */
export function started(
  label: string,
  looks: readonly (Hit | null)[],
  gaps: readonly Blindness[],
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
    gaps,
  };
  turns.push({ kind: 'started', stay });
  return stay;
}

/** The stay after one more look; `null`: it has ended. */
export function stayed(
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
export function resumed(stay: Stay, gap: Blindness, rules: PresenceRules, turns: Turn[]): Stay {
  const open = stay.gaps.find(({ to }) => to === null);
  const gaps = joined(
    stay.gaps.filter(({ to }) => to !== null),
    { ...(open ?? gap), to: gap.to },
    rules.staleAfterMs,
  );
  const back: Stay = { ...stay, state: 'active', gaps: longest(gaps) };
  turns.push({ kind: stay.state === 'uncertain' ? 'resumed' : 'seen', stay: back });
  return back;
}

/** The end of a stay, at this moment in ms since the Unix epoch. */
export function ended(stay: Stay, at: number): Turn {
  const endedAt = Math.max(at, stay.lastSeenAt);
  const gaps = stay.gaps.map((gap) => ({ ...gap, to: gap.to ?? Math.max(endedAt, gap.from) }));
  return { kind: 'ended', stay: { ...stay, state: 'ended', endedAt, gaps } };
}

/** A last look that came just after sight was lost parts what is one gap no more than a blink. */
function joined(gaps: readonly Blindness[], gap: Blindness, blinkMs: number): Blindness[] {
  const last = gaps.at(-1);
  if (last?.to !== gap.from || last.reason !== gap.reason) return [...gaps, gap];
  if (last.to - last.from > blinkMs) return [...gaps, gap];
  return [...gaps.slice(0, -1), { ...last, to: gap.to }];
}

function longest(gaps: readonly Blindness[]): readonly Blindness[] {
  if (gaps.length <= MAX_GAPS) return gaps;
  const length = ({ from, to }: Blindness): number => (to ?? from) - from;
  const shortest = gaps.reduce((a, b) => (length(b) < length(a) ? b : a));
  return gaps.filter((gap) => gap !== shortest);
}
