import type { Selectable } from 'kysely';
import type { WebhookVault } from '../secrets/webhook-vault.ts';
import type {
  StoredWebhook,
  WaitingDeliveries,
  WebhooksRepository,
} from '../webhooks/webhooks.repository.ts';
import type { Database } from './open-database.ts';
import { filterOf, WAITING } from './post-messages.ts';
import type { Tables } from './schema.ts';

/** Webhooks in SQLite, their secrets sealed. */
export class SqliteWebhooksRepository implements WebhooksRepository {
  readonly #database: Database;
  readonly #vault: WebhookVault;

  constructor(database: Database, vault: WebhookVault) {
    this.#database = database;
    this.#vault = vault;
  }

  async list(): Promise<StoredWebhook[]> {
    const query = this.#database.selectFrom('webhooks').selectAll();
    const rows = await query.orderBy('createdAt').orderBy('id').execute();
    return rows.map((row) => this.#webhookOf(row));
  }

  async find(id: string): Promise<StoredWebhook | undefined> {
    const query = this.#database.selectFrom('webhooks').selectAll().where('id', '=', id);
    const row = await query.executeTakeFirst();
    return row && this.#webhookOf(row);
  }

  async insert(webhook: StoredWebhook): Promise<void> {
    const secrets = this.#vault.close(webhook.id, webhook.secrets ?? []);
    await this.#database
      .insertInto('webhooks')
      .values({ ...rowOf(webhook), secrets })
      .execute();
  }

  async update(webhook: StoredWebhook): Promise<void> {
    const { id, secrets } = webhook;
    const sealed = secrets === null ? {} : { secrets: this.#vault.close(id, secrets) };
    await this.#database
      .updateTable('webhooks')
      .set({ ...rowOf(webhook), ...sealed })
      .where('id', '=', id)
      .execute();
  }

  async delete(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('webhooks')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }

  async waiting(): Promise<ReadonlyMap<string, WaitingDeliveries>> {
    const counts = await this.#database
      .selectFrom('webhookDeliveries')
      .select(({ fn }) => ['webhookId', fn.countAll<number>().as('count')])
      .where('state', '=', WAITING)
      .groupBy('webhookId')
      .execute();
    const waiting = new Map<string, WaitingDeliveries>();
    for (const { webhookId, count } of counts) {
      const tried = await this.#database
        .selectFrom('webhookDeliveries')
        .select('reason')
        .where('webhookId', '=', webhookId)
        .where('state', '=', WAITING)
        .where('lastAttemptAt', 'is not', null)
        .orderBy('lastAttemptAt', 'desc')
        .limit(1)
        .executeTakeFirst();
      waiting.set(webhookId, { count, trouble: tried?.reason ?? null });
    }
    return waiting;
  }

  #webhookOf({ secrets, enabled, ...row }: Selectable<Tables['webhooks']>): StoredWebhook {
    const { id, url, disabledReason, createdAt, updatedAt } = row;
    return {
      ...{ id, url, disabledReason, createdAt, updatedAt, ...filterOf(row) },
      enabled: enabled === 1,
      secrets: this.#vault.open(id, secrets) ?? null,
    };
  }
}

function rowOf(webhook: StoredWebhook) {
  const { id, url, types, cameraIds, labels, enabled, disabledReason, createdAt, updatedAt } =
    webhook;
  return {
    ...{ id, url, disabledReason, createdAt, updatedAt },
    types: JSON.stringify(types),
    cameraIds: cameraIds === null ? null : JSON.stringify(cameraIds),
    labels: labels === null ? null : JSON.stringify(labels),
    enabled: enabled ? 1 : 0,
  };
}
