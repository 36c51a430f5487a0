import { setImmediate as others } from 'node:timers/promises';
import type { Database } from './open-database.ts';
import { WAITING } from './post-messages.ts';

/** Deleting so many takes some milliseconds, in which this process does nothing else. */
const AT_ONCE = 500;

/** Deletes deliveries that are done and were made before a moment, and messages without a delivery. */
export async function forgetDeliveries(database: Database, before: number): Promise<void> {
  for (let count = AT_ONCE; count === AT_ONCE;) {
    count = await forgetDone(database, before);
    await others();
  }
  for (let last: string | undefined = ''; last !== undefined;) {
    last = await forgetMessages(database, last);
    await others();
  }
}

async function forgetDone(database: Database, before: number): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('webhookDeliveries')
    .where('sequence', 'in', (from) =>
      from
        .selectFrom('webhookDeliveries')
        .select('sequence')
        .where('state', '!=', WAITING)
        .where('createdAt', '<', before)
        .orderBy('createdAt')
        .limit(AT_ONCE),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** @returns id of the last message that was looked at; `undefined` when there are no more */
async function forgetMessages(database: Database, after: string): Promise<string | undefined> {
  const some = await database
    .selectFrom('webhookMessages')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(AT_ONCE)
    .execute();
  const last = some.at(-1)?.id;
  if (last === undefined) return undefined;
  await database
    .deleteFrom('webhookMessages')
    .where('id', '>', after)
    .where('id', '<=', last)
    .where((its) =>
      its.not(
        its.exists(
          its
            .selectFrom('webhookDeliveries')
            .select('id')
            .whereRef('messageId', '=', 'webhookMessages.id'),
        ),
      ),
    )
    .execute();
  return last;
}
