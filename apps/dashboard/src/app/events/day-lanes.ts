import type { PresenceEvent } from '@lookout/contracts';
import type { Span } from './span.ts';

/** It was seen; nobody could look and nobody can yet; nobody could look for a while. */
export type PartKind = 'seen' | 'uncertain' | 'gap';

/** A time of an event in which one thing holds. */
export interface Part extends Span {
  readonly kind: PartKind;
}

/** A part as a picture has it, in pixels from the left. */
export interface Mark {
  readonly kind: PartKind;
  readonly x: number;
  readonly width: number;
}

/** What was seen of one label in front of one camera. */
export interface Lane {
  readonly label: string;
  readonly events: readonly PresenceEvent[];
}

/** An event that lasted a blink can still be seen and hit. */
const SMALLEST = 2;

/** An event from its start to its last sight, cut where nobody could look. */
export function partsOf(event: PresenceEvent, now: number): Part[] {
  const parts: Part[] = [];
  let at = Date.parse(event.startedAt);
  const see = (to: number) => {
    if (to > at || parts.length === 0) parts.push({ kind: 'seen', from: at, to: Math.max(at, to) });
  };
  for (const gap of event.gaps) {
    const from = Math.max(at, Date.parse(gap.from));
    const to = gap.to === null ? Math.max(from, now) : Math.max(from, Date.parse(gap.to));
    see(from);
    parts.push({ kind: gap.to === null ? 'uncertain' : 'gap', from, to });
    at = to;
  }
  see(Date.parse(event.lastSeenAt));
  return parts;
}

/**
 * The marks of a lane in a picture of a span. However many the events are, there are no more marks
 * than pixels; where several share a pixel, what was seen counts, then what is uncertain.
 */
export function marksOf(
  events: readonly PresenceEvent[],
  span: Span,
  width: number,
  now: number,
): Mark[] {
  const pixels = new Uint8Array(Math.max(0, Math.floor(width)));
  const scale = pixels.length / (span.to - span.from);
  for (const event of events) {
    for (const { kind, from, to } of partsOf(event, now)) {
      if (to < span.from || from >= span.to) continue;
      const smallest = kind === 'seen' ? SMALLEST : 1;
      const first = Math.min(
        Math.max(0, Math.floor((from - span.from) * scale)),
        pixels.length - 1,
      );
      const end = Math.max(first + smallest, Math.ceil((to - span.from) * scale));
      paint(pixels, first, Math.min(end, pixels.length), RANK[kind]);
    }
  }
  return runs(pixels);
}

/** The events of a camera by label, the commonest first. */
export function lanesOf(events: readonly PresenceEvent[]): Lane[] {
  return [...Map.groupBy(events, ({ label }) => label)]
    .map(([label, ofLabel]) => ({ label, events: ofLabel }))
    .sort((a, b) => b.events.length - a.events.length || a.label.localeCompare(b.label));
}

/** The event that is there at a moment, else the nearest one no further away than this. */
export function eventAt(
  events: readonly PresenceEvent[],
  moment: number,
  withinMs: number,
): PresenceEvent | null {
  let best: PresenceEvent | null = null;
  let least = withinMs;
  for (const event of events) {
    const from = Date.parse(event.startedAt);
    const to = Date.parse(event.endedAt ?? event.lastSeenAt);
    const away = Math.max(0, from - moment, moment - to);
    if (away > least || (best !== null && away === least)) continue;
    best = event;
    least = away;
  }
  return best;
}

const RANK: Readonly<Record<PartKind, number>> = { gap: 1, uncertain: 2, seen: 3 };
const KINDS: readonly (PartKind | null)[] = [null, 'gap', 'uncertain', 'seen'];

function paint(pixels: Uint8Array, first: number, end: number, rank: number): void {
  for (let x = first; x < end; x += 1) pixels[x] = Math.max(pixels[x] ?? 0, rank);
}

function runs(pixels: Uint8Array): Mark[] {
  const marks: Mark[] = [];
  for (let x = 0; x < pixels.length;) {
    const rank = pixels[x] ?? 0;
    let end = x + 1;
    while (end < pixels.length && pixels[end] === rank) end += 1;
    const kind = KINDS[rank];
    if (kind !== undefined && kind !== null) marks.push({ kind, x, width: end - x });
    x = end;
  }
  return marks;
}
