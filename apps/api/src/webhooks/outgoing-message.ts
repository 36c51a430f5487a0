import { randomUUID } from 'node:crypto';
import type { NewWebhook, WebhookMessage } from '@lookout/contracts';
import { noticeOf } from '../events/event-view.ts';
import type { CameraTurn } from '../events/events.repository.ts';

/** A message on its way out, with what decides who gets it. */
export interface OutgoingMessage {
  /** The receiver's `webhook-id`. */
  readonly id: string;
  readonly cameraId: string | null;
  readonly label: string | null;
  readonly body: WebhookMessage;
}

/** A new state of a camera, or of its detections. */
export interface StateChange {
  readonly cameraId: string;
  /** ms since the Unix epoch. */
  readonly at: number;
  readonly told:
    | Pick<Extract<WebhookMessage, { type: 'camera.state' }>, 'type' | 'data'>
    | Pick<Extract<WebhookMessage, { type: 'detection.freshness' }>, 'type' | 'data'>;
}

/** Whom a webhook's settings let pass. */
export type WebhookFilter = Pick<NewWebhook, 'types' | 'cameraIds' | 'labels'>;

/**
 * What of an event's life is told: its start and its end, each once.
 * @param at - now: it began some looks ago, as the data says, and other things were told since
 */
export function messageOfTurn(
  { cameraId, kind, stay }: CameraTurn,
  at: number,
): OutgoingMessage | null {
  if (kind !== 'started' && kind !== 'ended') return null;
  return {
    id: `msg_${stay.id}_${kind}`,
    cameraId,
    label: stay.label,
    body: { type: `event.${kind}`, timestamp: moment(at), data: noticeOf(cameraId, stay) },
  };
}

export function messageOfState({ cameraId, at, told }: StateChange): OutgoingMessage {
  const body = { ...told, timestamp: moment(at) };
  return { id: `msg_${randomUUID()}`, cameraId, label: null, body };
}

/** A message that says nothing but that the webhook works. */
export function testMessage(webhookId: string, at: number): OutgoingMessage {
  return {
    id: `msg_${randomUUID()}`,
    cameraId: null,
    label: null,
    body: { type: 'webhook.test', timestamp: moment(at), data: { webhookId } },
  };
}

/** Whether a webhook wants a message. What has no label, or no camera, passes that filter. */
export function isWanted(
  { types, cameraIds, labels }: WebhookFilter,
  { body, cameraId, label }: OutgoingMessage,
): boolean {
  return (
    types.some((type) => type === body.type) &&
    (cameraIds === null || cameraId === null || cameraIds.includes(cameraId)) &&
    (labels === null || label === null || labels.includes(label))
  );
}

function moment(ms: number): string {
  return new Date(ms).toISOString();
}
