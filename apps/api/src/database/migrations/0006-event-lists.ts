import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const eventLists: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // A label may be frequent elsewhere and rare in front of this camera.
    await db.schema
      .createIndex('eventsByCameraAndLabel')
      .on('events')
      .columns(['cameraId', 'label', 'startedAt', 'id'])
      .execute();
    // What was there at a moment began shortly before it, or is one of the few that last.
    await sql`create index "lastingEvents" on "events" ("endedAt", "startedAt")
      where "endedAt" is null or "endedAt" - "startedAt" > 600000`.execute(db);
  },
};
