import type { Webhook, WebhookType } from '@lookout/contracts';
import type { components } from '../server/generated/rest-api.ts';
import { labelsOf, TYPES } from './webhook-words.ts';

export type NewWebhook = components['schemas']['NewWebhook'];
export type WebhookPatch = components['schemas']['WebhookPatch'];

/** A webhook as it stands in the form. */
export interface WebhookDraft {
  readonly url: string;
  /** None: all that there are. */
  readonly types: readonly WebhookType[];
  /** Ids of the only cameras that it is told of; none: all. */
  readonly cameraIds: readonly string[];
  /** As typed, with commas between them; empty for all. */
  readonly labels: string;
}

export const NEW_DRAFT: WebhookDraft = {
  url: '',
  types: ['event.started', 'event.ended'],
  cameraIds: [],
  labels: '',
};

export function draftOf({ url, types, cameraIds, labels }: Webhook): WebhookDraft {
  return { url, types, cameraIds: cameraIds ?? [], labels: labels?.join(', ') ?? '' };
}

/** What is sent to make the webhook. Spaces around an address come from copying. */
export function newWebhookOf({ url, types, cameraIds, labels }: WebhookDraft) {
  const ticked = TYPES.map(({ value }) => value).filter(
    (type) => types.length === 0 || types.includes(type),
  );
  return {
    url: url.trim(),
    types: ticked,
    // In one order, so that ticking a camera off and on again changes nothing.
    cameraIds: cameraIds.length === 0 ? null : cameraIds.toSorted(),
    labels: labelsOf(labels),
  } satisfies NewWebhook;
}

/** What leads from a webhook to the draft: only what the person changed. */
export function patchOf(webhook: Webhook, draft: WebhookDraft): WebhookPatch {
  const before = {
    ...newWebhookOf(draftOf(webhook)),
    // Of a webhook whose cameras were all deleted: it has none, and the form shows all.
    ...(webhook.cameraIds?.length === 0 ? { cameraIds: [] } : {}),
  };
  const after = newWebhookOf(draft);
  const differs = (name: keyof typeof after) =>
    JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  return {
    ...(differs('url') ? { url: after.url } : {}),
    ...(differs('types') ? { types: after.types } : {}),
    ...(differs('cameraIds') ? { cameraIds: after.cameraIds } : {}),
    ...(differs('labels') ? { labels: after.labels } : {}),
  };
}
