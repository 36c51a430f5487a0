import type { Selectable, Transaction } from 'kysely';
import { WAITING } from './post-messages.ts';
import type { Tables } from './schema.ts';

/** More fail with the next of their line; so many take some milliseconds, and others wait for them. */
const AT_ONCE = 1000;

const REASON = 'Given up with the one before it in its line';

/** Gives up what waits in a line and was made before a moment: there is no time to try each. */
export async function failOthers(
  transaction: Transaction<Tables>,
  { webhookId, line }: Pick<Selectable<Tables['webhookDeliveries']>, 'webhookId' | 'line'>,
  before: number,
): Promise<void> {
  await transaction
    .updateTable('webhookDeliveries')
    .set({ state: 'failed', nextAttemptAt: null, reason: REASON })
    .where('sequence', 'in', (from) =>
      from
        .selectFrom('webhookDeliveries')
        .select('sequence')
        .where('state', '=', WAITING)
        .where('webhookId', '=', webhookId)
        .where('line', '=', line)
        .where('createdAt', '<', before)
        .orderBy('sequence')
        .limit(AT_ONCE),
    )
    .execute();
}
