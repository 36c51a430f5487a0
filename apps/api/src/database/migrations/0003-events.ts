import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const events: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('events')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('cameraId', 'text', (column) => column.notNull())
      .addColumn('label', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('startedAt', 'integer', (column) => column.notNull())
      .addColumn('lastSeenAt', 'integer', (column) => column.notNull())
      .addColumn('endedAt', 'integer')
      .addColumn('maxCount', 'integer', (column) => column.notNull())
      .addColumn('results', 'integer', (column) => column.notNull())
      .addColumn('best', 'text', (column) => column.notNull())
      .addColumn('gaps', 'text', (column) => column.notNull())
      .addColumn('snapshot', 'text')
      .execute();
    // The orders in which events are listed: all, of a camera, of a label, of a state.
    for (const column of ['cameraId', 'label', 'state']) {
      await db.schema
        .createIndex(`eventsBy-${column}`)
        .on('events')
        .columns([column, 'startedAt', 'id'])
        .execute();
    }
    await db.schema
      .createIndex('eventsByStart')
      .on('events')
      .columns(['startedAt', 'id'])
      .execute();
    await db.schema
      .createTable('presence')
      .addColumn('cameraId', 'text', (column) => column.primaryKey())
      .addColumn('memory', 'text', (column) => column.notNull())
      .execute();
  },
};
