import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const failedDeliveries: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // Few among many, and what is asked for when something went wrong.
    await sql`create index "failedDeliveries" on "webhookDeliveries" ("webhookId", "sequence")
      where "state" = 'failed'`.execute(db);
  },
};
