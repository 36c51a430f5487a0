import type { Webhook } from '@lookout/contracts';

/** For tests. */
export function exampleWebhook(changes: Partial<Webhook> = {}): Webhook {
  return {
    id: 'hook-1',
    url: 'https://automation.example/lookout',
    types: ['event.started'],
    cameraIds: null,
    labels: null,
    enabled: true,
    disabledReason: null,
    oldSecretUntil: null,
    waiting: 0,
    trouble: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}
