import type { EventNotice, PresenceEvent } from '@lookout/contracts';
import type { Stay } from '@lookout/presence';
import type { StoredEvent } from './events.repository.ts';

/** What is told of an event at each change of its state. */
export function noticeOf(cameraId: string, stay: Stay): EventNotice {
  const { id, label, state, startedAt, lastSeenAt, endedAt, maxCount, best } = stay;
  return {
    ...{ id, cameraId, label, state, maxCount },
    startedAt: moment(startedAt),
    lastSeenAt: moment(lastSeenAt),
    endedAt: endedAt === null ? null : moment(endedAt),
    maxConfidence: best.confidence,
  };
}

/** An event as REST shows it. */
export function eventOf(event: StoredEvent): PresenceEvent {
  const { cameraId, results, gaps, snapshot } = event;
  const open = gaps.find(({ to }) => to === null);
  return {
    ...noticeOf(cameraId, event),
    uncertainSince: open === undefined ? null : moment(open.from),
    results,
    gaps: gaps.map(({ from, to, reason }) => ({
      from: moment(from),
      to: to === null ? null : moment(to),
      reason,
    })),
    snapshot: snapshot && {
      capturedAt: moment(snapshot.capturedAt),
      confidence: snapshot.confidence,
      detections: [...snapshot.detections],
    },
  };
}

function moment(ms: number): string {
  return new Date(ms).toISOString();
}
