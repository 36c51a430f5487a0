import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const mqttSensors: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('mqttSensors')
      .addColumn('cameraId', 'text', (column) => column.notNull())
      .addColumn('label', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('mqttSensorsKey', ['cameraId', 'label'])
      .execute();
  },
};
