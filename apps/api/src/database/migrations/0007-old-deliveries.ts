import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const oldDeliveries: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create index "doneDeliveries" on "webhookDeliveries" ("createdAt")
      where "state" != 'waiting'`.execute(db);
    // Of those that wait, few were ever tried: the first of each line.
    await sql`create index "triedDeliveries" on "webhookDeliveries" ("webhookId", "lastAttemptAt")
      where "state" = 'waiting' and "lastAttemptAt" is not null`.execute(db);
  },
};
