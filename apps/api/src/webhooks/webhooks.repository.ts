import type { Webhook } from '@lookout/contracts';
import type { InjectionToken } from '@nestjs/common';
import type { WebhookSecret } from '../secrets/webhook-vault.ts';

/** A webhook as it is kept. Moments are in ms since the Unix epoch. */
export interface StoredWebhook extends Pick<
  Webhook,
  'id' | 'url' | 'types' | 'cameraIds' | 'labels' | 'enabled' | 'disabledReason'
> {
  /** The present one first; `null`: they are sealed, and the key is missing. */
  readonly secrets: readonly WebhookSecret[] | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Deliveries of a webhook that are not done. */
export interface WaitingDeliveries {
  readonly count: number;
  /** Why the newest try of one of them failed; `null` when none was tried. */
  readonly trouble: string | null;
}

/** Where webhooks are kept. */
export interface WebhooksRepository {
  /** In the order in which they were made. */
  list(): Promise<StoredWebhook[]>;
  find(id: string): Promise<StoredWebhook | undefined>;
  insert(webhook: StoredWebhook): Promise<void>;
  /** Replaces all of it but secrets that cannot be read. */
  update(webhook: StoredWebhook): Promise<void>;
  /** With all of its deliveries. @returns whether there was one */
  delete(id: string): Promise<boolean>;
  /** By webhook; none for one without. */
  waiting(): Promise<ReadonlyMap<string, WaitingDeliveries>>;
}

export const WEBHOOKS_REPOSITORY: InjectionToken<WebhooksRepository> = Symbol('WebhooksRepository');
