import type { PresenceEvent } from '@lookout/contracts';
import { formatAge, formatCount, formatMoment } from '../figures/age.ts';
import { lastedMs } from './event-words.ts';

/** A figure of an event and its name. */
export interface EventFigure {
  readonly name: string;
  readonly value: string;
}

/** A gap as a line of a table. */
export interface GapRow {
  readonly from: string;
  readonly to: string;
  readonly lasted: string;
  readonly reason: string;
}

/** All that is known of an event, in the order in which one asks. */
export function eventFigures(event: PresenceEvent, now: number): EventFigure[] {
  const moment = (iso: string) => formatMoment(Date.parse(iso), now);
  const age = (iso: string) => `${formatAge(now - Date.parse(iso))} ago`;
  return [
    { name: 'Started', value: moment(event.startedAt) },
    { name: 'Last seen', value: `${moment(event.lastSeenAt)}, ${age(event.lastSeenAt)}` },
    ...(event.uncertainSince === null
      ? []
      : [{ name: 'Uncertain since', value: moment(event.uncertainSince) }]),
    { name: 'Ended', value: event.endedAt === null ? 'not yet' : moment(event.endedAt) },
    { name: 'There for', value: formatAge(lastedMs(event)) },
    { name: 'Highest confidence', value: `${String(Math.round(event.maxConfidence * 100))} %` },
    { name: 'Most at once', value: formatCount(event.maxCount) },
    { name: 'Results', value: formatCount(event.results) },
    ...pictureFigure(event, now),
  ];
}

/** When nobody looked, and why. */
export function gapRows({ gaps }: PresenceEvent, now: number): GapRow[] {
  return gaps.map(({ from, to, reason }) => ({
    from: formatMoment(Date.parse(from), now),
    to: to === null ? 'still' : formatMoment(Date.parse(to), now),
    lasted: formatAge((to === null ? now : Date.parse(to)) - Date.parse(from)),
    reason,
  }));
}

function pictureFigure({ snapshot }: PresenceEvent, now: number): EventFigure[] {
  if (snapshot === null) return [];
  const at = formatMoment(Date.parse(snapshot.capturedAt), now);
  return [
    { name: 'Picture of', value: `${at}, ${String(Math.round(snapshot.confidence * 100))} %` },
  ];
}
