import { type Delivery, deliverySchema, deliveryStateSchema } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { type Selectable, sql } from 'kysely';
import type { WebhookVault } from '../secrets/webhook-vault.ts';
import type {
  Attempt,
  DeliveryQuery,
  HeadDelivery,
  Outbox,
  Parcel,
  PlacedDelivery,
} from '../webhooks/outbox.ts';
import {
  messageOfState,
  type OutgoingMessage,
  type StateChange,
} from '../webhooks/outgoing-message.ts';
import { valueOf } from '../webhooks/told-state.ts';
import { forgetDeliveries } from './forget-deliveries.ts';
import type { Database } from './open-database.ts';
import { failOthers } from './fail-others.ts';
import { insertMessage, newDelivery, postMessages, WAITING } from './post-messages.ts';
import type { Tables } from './schema.ts';

type DeliveryRow = Selectable<Tables['webhookDeliveries']> &
  Pick<Selectable<Tables['webhookMessages']>, 'type' | 'cameraId'>;

/** The outbox in SQLite. */
export class SqliteOutbox implements Outbox {
  readonly #database: Database;
  readonly #vault: WebhookVault;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(database: Database, vault: WebhookVault, clock: Pick<Clock, 'now'>) {
    this.#database = database;
    this.#vault = vault;
    this.#clock = clock;
  }

  async heads(): Promise<HeadDelivery[]> {
    const query = this.#database.selectFrom('webhooks').select('id').where('enabled', '=', 1);
    const heads: HeadDelivery[] = [];
    for (const { id: webhookId } of await query.execute()) {
      // From line to line by the index: a line may be long behind a receiver that is away.
      for (let head = await this.#head(webhookId); head !== undefined;) {
        const { id, line, nextAttemptAt, lastAttemptAt } = head;
        heads.push({ id, webhookId, nextAttemptAt: nextAttemptAt ?? 0, lastAttemptAt });
        head = await this.#head(webhookId, line);
      }
    }
    return heads;
  }

  async parcel(deliveryId: string): Promise<Parcel | null> {
    const row = await this.#database
      .selectFrom('webhookDeliveries as mine')
      .innerJoin('webhooks', 'webhooks.id', 'mine.webhookId')
      .innerJoin('webhookMessages', 'webhookMessages.id', 'mine.messageId')
      .select(['mine.webhookId', 'mine.messageId', 'mine.attempts', 'mine.createdAt'])
      .select(['webhooks.url', 'webhooks.secrets', 'webhookMessages.body'])
      .where('mine.id', '=', deliveryId)
      .where('mine.state', '=', 'waiting')
      .where('webhooks.enabled', '=', 1)
      .where((its) =>
        its.not(
          its.exists(
            its
              .selectFrom('webhookDeliveries as other')
              .select('other.id')
              .whereRef('other.webhookId', '=', 'mine.webhookId')
              .whereRef('other.line', '=', 'mine.line')
              .where('other.state', '=', WAITING)
              .whereRef('other.sequence', '<', 'mine.sequence'),
          ),
        ),
      )
      .executeTakeFirst();
    if (row === undefined) return null;
    return { ...row, secrets: this.#vault.open(row.webhookId, row.secrets) ?? null };
  }

  async note(deliveryId: string, attempt: Attempt): Promise<void> {
    const { at, disable, failBefore, ...rest } = attempt;
    await this.#database.transaction().execute(async (transaction) => {
      const noted = await transaction
        .updateTable('webhookDeliveries')
        .set({ ...rest, lastAttemptAt: at })
        .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
        .where('id', '=', deliveryId)
        .returning(['webhookId', 'line'])
        .executeTakeFirst();
      if (noted === undefined) return;
      if (failBefore !== undefined) await failOthers(transaction, noted, failBefore);
      if (disable === undefined) return;
      await transaction
        .updateTable('webhooks')
        .set({ enabled: 0, disabledReason: disable, updatedAt: at })
        .where('id', '=', noted.webhookId)
        .execute();
    });
  }

  async toldStates(): Promise<Map<string, string>> {
    const rows = await this.#database.selectFrom('toldStates').selectAll().execute();
    return new Map(rows.map(({ cameraId, type, value }) => [`${cameraId} ${type}`, value]));
  }

  async tellStates(changes: readonly StateChange[]): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      for (const { cameraId, told } of changes) {
        const value = valueOf(told);
        await transaction
          .insertInto('toldStates')
          .values({ cameraId, type: told.type, value })
          .onConflict((conflict) => conflict.columns(['cameraId', 'type']).doUpdateSet({ value }))
          .execute();
      }
      await postMessages(transaction, changes.map(messageOfState), this.#clock.now());
    });
  }

  async forgetStates(cameraId: string): Promise<void> {
    await this.#database.deleteFrom('toldStates').where('cameraId', '=', cameraId).execute();
  }

  async send(webhookId: string, message: OutgoingMessage, at: number): Promise<Delivery> {
    const delivery = newDelivery(webhookId, message.id, null, at);
    await this.#database.transaction().execute(async (transaction) => {
      await insertMessage(transaction, message);
      await transaction.insertInto('webhookDeliveries').values(delivery).execute();
    });
    return this.#made(webhookId, delivery.id);
  }

  async sendAgain(webhookId: string, deliveryId: string, at: number): Promise<Delivery> {
    const { messageId } = await this.#made(webhookId, deliveryId);
    const delivery = newDelivery(webhookId, messageId, null, at);
    await this.#database.insertInto('webhookDeliveries').values(delivery).execute();
    return this.#made(webhookId, delivery.id);
  }

  async hasten(deliveryId: string, at: number): Promise<string | null> {
    const first = await this.#database
      .selectFrom('webhookDeliveries as mine')
      .innerJoin('webhookDeliveries as first', (join) =>
        join
          .onRef('first.webhookId', '=', 'mine.webhookId')
          .onRef('first.line', '=', 'mine.line')
          .on('first.state', '=', WAITING),
      )
      .select('first.id')
      .where('mine.id', '=', deliveryId)
      .where('mine.state', '=', WAITING)
      .orderBy('first.sequence')
      .limit(1)
      .executeTakeFirst();
    if (first === undefined) return null;
    await this.#database
      .updateTable('webhookDeliveries')
      .set({ nextAttemptAt: at })
      .where('id', '=', first.id)
      .where('state', '=', WAITING)
      .execute();
    return first.id;
  }

  async deliveries({ webhookId, state, before, limit }: DeliveryQuery): Promise<PlacedDelivery[]> {
    let query = this.#rows(webhookId).orderBy('sequence', 'desc').limit(limit);
    // Not a parameter, which would leave the index of a state unused.
    if (state !== undefined) query = query.where('state', '=', sql.lit(state));
    if (before !== undefined) query = query.where('sequence', '<', before);
    const rows = await query.execute();
    return rows.map((row) => ({ sequence: row.sequence, delivery: deliveryOf(row) }));
  }

  async delivery(webhookId: string, deliveryId: string): Promise<Delivery | undefined> {
    const query = this.#rows(webhookId).where('webhookDeliveries.id', '=', deliveryId);
    const row = await query.executeTakeFirst();
    return row && deliveryOf(row);
  }

  async forgetBefore(at: number): Promise<void> {
    await forgetDeliveries(this.#database, at);
  }

  #head(webhookId: string, afterLine?: string) {
    let query = this.#database
      .selectFrom('webhookDeliveries')
      .select(['id', 'line', 'nextAttemptAt', 'lastAttemptAt'])
      .where('state', '=', WAITING)
      .where('webhookId', '=', webhookId);
    if (afterLine !== undefined) query = query.where('line', '>', afterLine);
    return query.orderBy('line').orderBy('sequence').limit(1).executeTakeFirst();
  }

  #rows(webhookId: string) {
    return this.#database
      .selectFrom('webhookDeliveries')
      .innerJoin('webhookMessages', 'webhookMessages.id', 'webhookDeliveries.messageId')
      .selectAll('webhookDeliveries')
      .select(['webhookMessages.type', 'webhookMessages.cameraId'])
      .where('webhookId', '=', webhookId);
  }

  async #made(webhookId: string, deliveryId: string): Promise<Delivery> {
    const found = await this.delivery(webhookId, deliveryId);
    if (found === undefined) throw new Error(`There is no delivery "${deliveryId}"`);
    return found;
  }
}

function deliveryOf(row: DeliveryRow): Delivery {
  const { id, messageId, type, cameraId, attempts, answerStatus, answerMs, reason } = row;
  return deliverySchema.parse({
    ...{ id, messageId, type, cameraId, attempts, answerStatus, answerMs, reason },
    state: deliveryStateSchema.parse(row.state),
    createdAt: moment(row.createdAt),
    lastAttemptAt: moment(row.lastAttemptAt),
    nextAttemptAt: moment(row.nextAttemptAt),
  });
}

function moment(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
