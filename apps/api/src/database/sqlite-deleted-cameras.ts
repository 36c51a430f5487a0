import { sql, type Transaction } from 'kysely';
import type { DeletedCameras } from '../webhooks/deleted-cameras.ts';
import type { Database } from './open-database.ts';
import { filterOf } from './post-messages.ts';
import type { Tables } from './schema.ts';

/** A webhook is kept enabled so long for what its only camera left to be told. */
const LAST_WORDS_MS = 60_000;

/** Finds by the tables what was told and what not. */
export class SqliteDeletedCameras implements DeletedCameras {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async untold(): Promise<string[]> {
    const rows = await this.#database
      .selectFrom('toldStates')
      .select('cameraId')
      .distinct()
      .where('cameraId', 'not in', (from) => from.selectFrom('cameras').select('id'))
      .execute();
    return rows.map(({ cameraId }) => cameraId);
  }

  async takeOut(now: number): Promise<void> {
    // Events that go on are in `presence`, and told to have ended when they leave it.
    const { rows } = await sql<{ webhookId: string; cameraId: string }>`
      select webhooks.id as webhookId, named.value as cameraId
      from webhooks, json_each(webhooks.cameraIds) as named
      where named.value not in (select id from cameras)
        and named.value not in (select cameraId from toldStates)
        and named.value not in (select cameraId from presence)
        and not exists (
          select 1 from webhookDeliveries as last
          where last.webhookId = webhooks.id and last.line = named.value
            and last.state = 'waiting' and last.createdAt > ${now - LAST_WORDS_MS}
        )`.execute(this.#database);
    if (rows.length === 0) return;
    await this.#database.transaction().execute(async (transaction) => {
      for (const { cameraId } of rows) await takeOutOfWebhooks(transaction, cameraId, now);
    });
  }
}

/** Another camera may get this id one day, which nobody asked to be told of. */
export async function takeOutOfWebhooks(
  transaction: Transaction<Tables>,
  cameraId: string,
  now: number,
): Promise<void> {
  const webhooks = await transaction
    .selectFrom('webhooks')
    .selectAll()
    .where('cameraIds', 'is not', null)
    .execute();
  for (const webhook of webhooks) {
    const named = filterOf(webhook).cameraIds ?? [];
    if (!named.includes(cameraId)) continue;
    const left = named.filter((id) => id !== cameraId);
    const disabledReason =
      webhook.disabledReason ?? `Its only camera, "${cameraId}", was deleted: name others.`;
    await transaction
      .updateTable('webhooks')
      .set({ cameraIds: JSON.stringify(left), updatedAt: now })
      .$if(left.length === 0, (query) => query.set({ enabled: 0, disabledReason }))
      .where('id', '=', webhook.id)
      .execute();
  }
}
