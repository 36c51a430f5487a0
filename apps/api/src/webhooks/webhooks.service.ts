import { randomBytes } from 'node:crypto';
import {
  type CreatedWebhook,
  type Delivery,
  type DeliveryPage,
  type DeliveryState,
  type NewWebhook,
  type Webhook,
  WEBHOOK_TYPES,
  type WebhookPatch,
} from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import { CAMERAS_REPOSITORY, type CamerasRepository } from '../cameras/cameras.repository.ts';
import { type InputError, InvalidInput } from '../http/invalid-input.ts';
import { AddressRules } from '../sources/address-rules.ts';
import { CLOCK } from '../tokens.ts';
import { MOST_WEBHOOKS } from './courier.ts';
import { OUTBOX, type Outbox } from './outbox.ts';
import { OutboxFeeder } from './outbox-feeder.ts';
import { testMessage } from './outgoing-message.ts';
import {
  type StoredWebhook,
  type WaitingDeliveries,
  WEBHOOKS_REPOSITORY,
  type WebhooksRepository,
} from './webhooks.repository.ts';

/** An old secret signs so long beside the new one. */
const ROTATION_MS = 24 * 3_600_000;
/** How many secrets of before may still count, the newest ones. */
const OLD_SECRETS = 2;

/** Which deliveries a caller asks for. */
export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined;
  readonly cursor?: number | undefined;
  readonly limit: number;
}

/** Who is told of what happens, and how that went. */
@Injectable()
export class WebhooksService {
  constructor(
    @Inject(WEBHOOKS_REPOSITORY) private readonly repository: WebhooksRepository,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(CAMERAS_REPOSITORY) private readonly cameras: CamerasRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly feeder: OutboxFeeder,
    private readonly rules: AddressRules,
  ) {}

  async list(): Promise<Webhook[]> {
    const webhooks = await this.repository.list();
    const waiting = await this.repository.waiting();
    return webhooks.map((webhook) => this.#shown(webhook, waiting.get(webhook.id)));
  }

  /** @throws NotFoundException */
  async get(id: string): Promise<Webhook> {
    const webhook = await this.#find(id);
    return this.#shown(webhook, (await this.repository.waiting()).get(id));
  }

  /**
   * @throws InvalidInput for an address that may not be named, or a camera that is not there
   * @throws ConflictException when there are as many as there may be
   */
  async create(wanted: NewWebhook): Promise<CreatedWebhook> {
    await this.#check(wanted);
    if ((await this.repository.list()).length >= MOST_WEBHOOKS) {
      throw new ConflictException(
        `There can be ${String(MOST_WEBHOOKS)} webhooks: delete one first`,
      );
    }
    const now = this.clock.now();
    const secret = newSecret();
    const webhook: StoredWebhook = {
      ...tidy(wanted),
      id: randomBytes(6).toString('hex'),
      disabledReason: null,
      secrets: [{ secret, until: null }],
      createdAt: now,
      updatedAt: now,
    };
    await this.repository.insert(webhook);
    return { ...this.#shown(webhook), secret };
  }

  /** @throws NotFoundException, InvalidInput */
  async change(id: string, patch: WebhookPatch): Promise<Webhook> {
    const before = await this.#find(id);
    await this.#check(patch, before);
    const { url, types, cameraIds, labels, enabled } = before;
    const settings = { url, types, cameraIds, labels, enabled, ...defined(patch) };
    // An empty list is what was left of one, and no wish for all.
    const namesNone = cameraIds?.length === 0 && settings.cameraIds?.length === 0;
    if (namesNone && settings.enabled) {
      const message = 'its only camera was deleted: name others, or null for all';
      throw new InvalidInput([{ path: 'cameraIds', message }]);
    }
    const namesAgain = cameraIds?.length === 0 && !namesNone;
    await this.repository.update({
      ...{ ...before, ...tidy(settings) },
      ...(namesNone ? { cameraIds: [] } : {}),
      disabledReason: settings.enabled || namesAgain ? null : before.disabledReason,
      updatedAt: this.clock.now(),
    });
    this.feeder.feedSoon();
    return this.get(id);
  }

  /** @throws NotFoundException */
  async remove(id: string): Promise<void> {
    if (!(await this.repository.delete(id))) throw notFound(id);
  }

  /** Makes a new secret; the one before signs as well for a day. @throws NotFoundException */
  async rotate(id: string): Promise<CreatedWebhook> {
    const before = await this.#find(id);
    const now = this.clock.now();
    const secret = newSecret();
    // All that still count: two rotations in a row must not end a receiver's secret at once.
    const old = (before.secrets ?? [])
      .map((known) => ({ ...known, until: known.until ?? now + ROTATION_MS }))
      .filter(({ until }) => until > now);
    const webhook: StoredWebhook = {
      ...before,
      updatedAt: now,
      secrets: [{ secret, until: null }, ...old.slice(0, OLD_SECRETS)],
    };
    await this.repository.update(webhook);
    return { ...(await this.get(id)), secret };
  }

  /** @throws NotFoundException; ConflictException when it is disabled */
  async test(id: string): Promise<Delivery> {
    await this.#findEnabled(id);
    const now = this.clock.now();
    const delivery = await this.outbox.send(id, testMessage(id, now), now);
    this.feeder.feedSoon();
    return delivery;
  }

  /** @throws NotFoundException */
  async deliveries(id: string, { state, cursor, limit }: DeliveryFilter): Promise<DeliveryPage> {
    await this.#find(id);
    const query = { webhookId: id, state, before: cursor, limit: limit + 1 };
    const found = await this.outbox.deliveries(query);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(({ delivery }) => delivery),
      nextCursor: last === undefined ? null : String(last.sequence),
    };
  }

  /**
   * Sends a message again, or tries at once what waits for its next try.
   * @throws NotFoundException; ConflictException when the webhook is disabled
   */
  async redeliver(id: string, deliveryId: string): Promise<Delivery> {
    await this.#findEnabled(id);
    const delivery = await this.outbox.delivery(id, deliveryId);
    if (delivery === undefined) {
      throw new NotFoundException(`There is no delivery "${deliveryId}" of this webhook`);
    }
    const now = this.clock.now();
    if (delivery.state !== 'waiting') {
      const again = await this.outbox.sendAgain(id, deliveryId, now);
      this.feeder.feedSoon();
      return again;
    }
    const first = await this.outbox.hasten(deliveryId, now);
    if (first !== null) this.feeder.hasten(first);
    return (await this.outbox.delivery(id, deliveryId)) ?? delivery;
  }

  async #find(id: string): Promise<StoredWebhook> {
    const webhook = await this.repository.find(id);
    if (webhook === undefined) throw notFound(id);
    return webhook;
  }

  async #findEnabled(id: string): Promise<void> {
    const { enabled } = await this.#find(id);
    if (!enabled) throw new ConflictException('The webhook is disabled: enable it first');
  }

  /** What is named already may be sent back, though it was deleted a moment ago. */
  async #check({ url, cameraIds }: WebhookPatch, before?: StoredWebhook): Promise<void> {
    const faults: InputError[] = [];
    const refusal = url === undefined ? null : this.rules.refusalOfHost(new URL(url).hostname);
    if (refusal !== null) faults.push({ path: 'url', message: refusal });
    for (const [index, id] of (cameraIds ?? []).entries()) {
      if (before?.cameraIds?.includes(id) === true) continue;
      if ((await this.cameras.find(id)) !== undefined) continue;
      faults.push({ path: `cameraIds.${String(index)}`, message: `there is no camera "${id}"` });
    }
    if (faults.length > 0) throw new InvalidInput(faults);
  }

  #shown(webhook: StoredWebhook, waiting?: WaitingDeliveries): Webhook {
    const { secrets, createdAt, updatedAt, ...rest } = webhook;
    const now = this.clock.now();
    const old = secrets?.find(({ until }) => until !== null && until > now);
    return {
      ...rest,
      oldSecretUntil: moment(old?.until ?? null),
      waiting: waiting?.count ?? 0,
      trouble: waiting?.trouble ?? null,
      createdAt: moment(createdAt),
      updatedAt: moment(updatedAt),
    };
  }
}

/** As the Standard Webhooks specification wants them: 24 to 64 bytes by chance. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** Each wish once; an empty one excludes nothing, as with a camera's classes. */
function tidy(settings: NewWebhook): NewWebhook {
  const { types, cameraIds, labels } = settings;
  return {
    ...settings,
    types: [...new Set(types.length === 0 ? WEBHOOK_TYPES : types)],
    cameraIds: onlyThese(cameraIds),
    labels: onlyThese(labels),
  };
}

function onlyThese(names: readonly string[] | null): string[] | null {
  return names === null || names.length === 0 ? null : [...new Set(names)];
}

function defined({ url, types, cameraIds, labels, enabled }: WebhookPatch) {
  return {
    ...(url === undefined ? {} : { url }),
    ...(types === undefined ? {} : { types }),
    ...(cameraIds === undefined ? {} : { cameraIds }),
    ...(labels === undefined ? {} : { labels }),
    ...(enabled === undefined ? {} : { enabled }),
  };
}

function notFound(id: string): NotFoundException {
  return new NotFoundException(`There is no webhook "${id}"`);
}

function moment(ms: number): string;
function moment(ms: number | null): string | null;
function moment(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
