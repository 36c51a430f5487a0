import { randomUUID } from 'node:crypto';
import { cameraIdSchema, WEBHOOK_TYPES } from '@lookout/contracts';
import { type Insertable, type Selectable, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import {
  isWanted,
  type OutgoingMessage,
  type WebhookFilter,
} from '../webhooks/outgoing-message.ts';
import type { Tables } from './schema.ts';

/** Written out: the index of those that wait serves no question that leaves the state open. */
export const WAITING = sql.lit('waiting');

const typesSchema = z.array(z.enum(WEBHOOK_TYPES));
const cameraIdsSchema = z.array(cameraIdSchema).nullable();
const labelsSchema = z.array(z.string()).nullable();

/** Puts messages into the outbox for every webhook that wants them, with whatever else is written. */
export async function postMessages(
  transaction: Transaction<Tables>,
  messages: readonly OutgoingMessage[],
  now: number,
): Promise<void> {
  if (messages.length === 0) return;
  const webhooks = await transaction
    .selectFrom('webhooks')
    .selectAll()
    .where('enabled', '=', 1)
    .orderBy('id')
    .execute();
  for (const message of messages) {
    const wanting = webhooks.filter((webhook) => isWanted(filterOf(webhook), message));
    if (wanting.length === 0 || !(await insertMessage(transaction, message))) continue;
    for (const { id } of wanting) {
      const delivery = newDelivery(id, message.id, message.cameraId ?? '', now);
      await transaction.insertInto('webhookDeliveries').values(delivery).execute();
    }
  }
}

/** @returns whether it is new: what was told is not told again */
export async function insertMessage(
  transaction: Transaction<Tables>,
  { id, cameraId, body }: OutgoingMessage,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('webhookMessages')
    .values({ id, type: body.type, cameraId, body: JSON.stringify(body) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export function newDelivery(
  webhookId: string,
  messageId: string,
  line: string | null,
  now: number,
): Insertable<Tables['webhookDeliveries']> {
  const id = randomUUID();
  return {
    ...{ id, webhookId, messageId, state: 'waiting', attempts: 0 },
    // Without a line of others it stands in one of its own, which no camera's id can name.
    line: line ?? `/${id}`,
    createdAt: now,
    nextAttemptAt: now,
    ...{ lastAttemptAt: null, answerStatus: null, answerMs: null, reason: null },
  };
}

/** What a row of a webhook says about whom it wants to hear of. */
export function filterOf({
  types,
  cameraIds,
  labels,
}: Pick<Selectable<Tables['webhooks']>, 'types' | 'cameraIds' | 'labels'>): WebhookFilter {
  return {
    types: typesSchema.parse(JSON.parse(types)),
    cameraIds: cameraIdsSchema.parse(JSON.parse(cameraIds ?? 'null')),
    labels: labelsSchema.parse(JSON.parse(labels ?? 'null')),
  };
}
