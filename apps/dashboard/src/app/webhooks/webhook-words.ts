import type { Delivery, Webhook, WebhookType } from '@lookout/contracts';
import type { Choice } from '../fields/select-field.ts';
import { formatMoment } from '../figures/age.ts';
import type { Tone } from '../shell/connection.ts';
import type { IconName } from '../shell/icon-paths.ts';

/** What a webhook can be told of, in words. */
export const TYPES: readonly Choice<WebhookType>[] = [
  { value: 'event.started', words: 'an event starts' },
  { value: 'event.ended', words: 'an event ends' },
  { value: 'camera.state', words: 'a camera comes or goes' },
  { value: 'detection.freshness', words: 'detection is lost, or back' },
];

/** How a webhook or a delivery does, as a word, a shape and a tone. */
export interface StateView {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

export function webhookState({ enabled, disabledReason, trouble }: Webhook): StateView {
  if (enabled && trouble !== null) return { word: 'failing', icon: 'stale', tone: 'amber' };
  if (enabled) return { word: 'on', icon: 'live', tone: 'good' };
  if (disabledReason === null) return { word: 'paused', icon: 'pause', tone: 'quiet' };
  return { word: 'stopped by Lookout', icon: 'failed', tone: 'red' };
}

/** Somebody else deleted it. */
export const GONE: StateView = { word: 'deleted', icon: 'off', tone: 'quiet' };

/** How many need a look, of how many; `null` when none does. */
export function troubleWords(webhooks: readonly Webhook[]): string | null {
  const tones = webhooks.map((webhook) => webhookState(webhook).tone);
  const count = tones.filter((tone) => tone === 'amber' || tone === 'red').length;
  if (count === 0) return null;
  return `${String(count)} of ${String(tones.length)} ${count === 1 ? 'is' : 'are'} in trouble.`;
}

/** What a webhook is told of: of what, of which cameras, of which labels. */
export function wishWords(
  { types, cameraIds, labels }: Pick<Webhook, 'types' | 'cameraIds' | 'labels'>,
  names: ReadonlyMap<string, string>,
): string {
  const cameras = cameraIds?.map((id) => names.get(id) ?? id).join(', ') ?? 'all cameras';
  return [
    types.join(', '),
    cameras === '' ? 'no camera' : cameras,
    labels?.join(', ') ?? 'all labels',
  ].join(' · ');
}

const DELIVERY_STATES: Readonly<Record<Delivery['state'], StateView>> = {
  waiting: { word: 'waiting', icon: 'waiting', tone: 'amber' },
  delivered: { word: 'delivered', icon: 'done', tone: 'good' },
  failed: { word: 'given up', icon: 'failed', tone: 'red' },
};

export function deliveryState({ state }: Delivery): StateView {
  return DELIVERY_STATES[state];
}

/** What came of a delivery so far: the answer or why there was none, the tries, when the next is. */
export function outcomeWords(delivery: Delivery, now: number): string {
  const { answerStatus, answerMs, reason, attempts, nextAttemptAt } = delivery;
  const tries = attempts === 1 ? '1 try' : `${String(attempts)} tries`;
  return [
    // A reason says the answer as well.
    answerStatus === null || reason !== null ? null : `answer ${String(answerStatus)}`,
    answerMs === null ? null : `${String(answerMs)} ms`,
    reason,
    attempts === 0 ? 'not tried yet' : tries,
    nextAttemptAt === null ? null : nextWords(Date.parse(nextAttemptAt), now),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** One whose time has come may still stand behind an earlier one of its camera. */
function nextWords(at: number, now: number): string {
  return at > now ? `next at ${formatMoment(at, now)}` : 'waits for its turn';
}

/** Labels as they were typed, with commas between them; `null` for none. */
export function labelsOf(text: string): string[] | null {
  const labels = text
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '');
  return labels.length === 0 ? null : [...new Set(labels)];
}
