import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const camerasAndAccess: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('cameras')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('enabled', 'integer', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('captureFps', 'real', (column) => column.notNull())
      .addColumn('liveFps', 'real', (column) => column.notNull())
      .addColumn('detectFps', 'real', (column) => column.notNull())
      .addColumn('frame', 'text', (column) => column.notNull())
      .addColumn('detection', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('createdAt', 'integer', (column) => column.notNull())
      .addColumn('updatedAt', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('cameraEpochs')
      .addColumn('cameraId', 'text', (column) => column.primaryKey())
      .addColumn('epoch', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('tokens')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .addColumn('createdAt', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('sessions')
      .addColumn('hash', 'text', (column) => column.primaryKey())
      .addColumn('tokenHash', 'text', (column) => column.notNull())
      .addColumn('expiresAt', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('facts')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .execute();
  },
};
