import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const webhooks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('webhooks')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('types', 'text', (column) => column.notNull())
      .addColumn('cameraIds', 'text')
      .addColumn('labels', 'text')
      .addColumn('enabled', 'integer', (column) => column.notNull())
      .addColumn('disabledReason', 'text')
      .addColumn('secrets', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'integer', (column) => column.notNull())
      .addColumn('updatedAt', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('webhookMessages')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('cameraId', 'text')
      .addColumn('body', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('webhookDeliveries')
      .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('webhookId', 'text', (column) =>
        column.notNull().references('webhooks.id').onDelete('cascade'),
      )
      .addColumn('messageId', 'text', (column) => column.notNull().references('webhookMessages.id'))
      .addColumn('line', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('createdAt', 'integer', (column) => column.notNull())
      .addColumn('lastAttemptAt', 'integer')
      .addColumn('nextAttemptAt', 'integer')
      .addColumn('answerStatus', 'integer')
      .addColumn('answerMs', 'integer')
      .addColumn('reason', 'text')
      .execute();
    await db.schema
      .createIndex('deliveriesByWebhook')
      .on('webhookDeliveries')
      .columns(['webhookId', 'sequence'])
      .execute();
    await db.schema
      .createIndex('deliveriesByMessage')
      .on('webhookDeliveries')
      .column('messageId')
      .execute();
    // Few of all deliveries wait, and their lines are asked for often.
    await sql`create index "waitingDeliveries" on "webhookDeliveries"
      ("webhookId", "line", "sequence") where "state" = 'waiting'`.execute(db);
    await db.schema
      .createTable('toldStates')
      .addColumn('cameraId', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('toldStatesKey', ['cameraId', 'type'])
      .execute();
  },
};
