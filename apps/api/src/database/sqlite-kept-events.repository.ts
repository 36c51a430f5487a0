import { sql } from 'kysely';
import type { KeptEvent, KeptEventsRepository } from '../retention/kept-events.repository.ts';
import type { Database } from './open-database.ts';

/** Beside its JSON, in table and indexes: a file of 10,000 events had 649 bytes for each, 266 of JSON. */
const PLAIN_BYTES = 400;

/** Retention's view of the events in SQLite. */
export class SqliteKeptEventsRepository implements KeptEventsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(): Promise<KeptEvent[]> {
    return this.#database
      .selectFrom('events')
      .select(['id', 'cameraId', 'label', 'endedAt'])
      .select(
        sql<number>`${PLAIN_BYTES} + length(best) + length(gaps) + coalesce(length(snapshot), 0)`.as(
          'rowBytes',
        ),
      )
      .execute();
  }

  async delete(ids: readonly string[]): Promise<void> {
    await this.#database
      .deleteFrom('events')
      .where('id', 'in', ids)
      .where('state', '=', 'ended')
      .execute();
  }
}
