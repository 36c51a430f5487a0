import type { EventState, PresenceEvent } from '@lookout/contracts';
import { formatAge, formatMoment } from '../figures/age.ts';
import type { Tone } from '../shell/connection.ts';
import type { IconName } from '../shell/icon-paths.ts';

/** An event's state as a word, a shape and a tone. */
export interface EventStateView {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

export const EVENT_STATES: Readonly<Record<EventState, EventStateView>> = {
  active: { word: 'active', icon: 'live', tone: 'good' },
  uncertain: { word: 'uncertain', icon: 'unknown', tone: 'amber' },
  ended: { word: 'ended', icon: 'done', tone: 'quiet' },
};

/** An event as its card says it. */
export interface EventView {
  readonly event: PresenceEvent;
  readonly camera: string;
  readonly state: EventStateView;
  readonly startedAt: string;
  /** `42 s`, `for 42 s` while it lasts. */
  readonly lasted: string;
  /** `3 gaps`; `null` without any. */
  readonly gaps: string | null;
  /** All of it, for a screen reader. */
  readonly says: string;
}

/** @param names - of cameras, by id */
export function eventView(
  event: PresenceEvent,
  names: ReadonlyMap<string, string>,
  now: number,
): EventView {
  const camera = names.get(event.cameraId) ?? event.cameraId;
  const state = EVENT_STATES[event.state];
  const startedAt = formatMoment(Date.parse(event.startedAt), now);
  const lasted = lastedWords(event);
  const gaps = gapWords(event);
  const says = [`${event.label} at ${camera}`, startedAt, lasted, state.word, gaps];
  return {
    ...{ event, camera, state, startedAt, lasted, gaps },
    says: says.filter((part) => part !== null).join(', '),
  };
}

/** How long it was there, as far as it was seen. */
export function lastedMs({ startedAt, lastSeenAt }: PresenceEvent): number {
  return Math.max(0, Date.parse(lastSeenAt) - Date.parse(startedAt));
}

function lastedWords(event: PresenceEvent): string {
  const age = formatAge(lastedMs(event));
  switch (event.state) {
    case 'active':
      return `for ${age}`;
    case 'uncertain':
      return `at least ${age}`;
    case 'ended':
      return age;
  }
}

function gapWords({ gaps }: PresenceEvent): string | null {
  if (gaps.length === 0) return null;
  return gaps.length === 1 ? '1 gap' : `${String(gaps.length)} gaps`;
}

/** Where the picture of an event is. */
export function pictureOf(id: string, annotated = false): string {
  return `/api/v1/events/${encodeURIComponent(id)}/snapshot.jpg${annotated ? '?annotated=true' : ''}`;
}
