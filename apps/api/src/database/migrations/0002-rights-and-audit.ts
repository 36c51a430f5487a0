import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const rightsAndAudit: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('tokens').addColumn('cameraIds', 'text').execute();
    await db.schema.alterTable('tokens').addColumn('lastUsedAt', 'integer').execute();
    await db.schema
      .createTable('audit')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('at', 'integer', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('subject', 'text')
      .addColumn('tokenId', 'text')
      .addColumn('name', 'text')
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('fields', 'text', (column) => column.notNull())
      .execute();
  },
};
