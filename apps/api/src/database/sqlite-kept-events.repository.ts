import { setImmediate as others } from 'node:timers/promises';
import { sql } from 'kysely';
import { pictureName } from '../events/picture-name.ts';
import type { KeptEvent, KeptEventsRepository } from '../retention/kept-events.repository.ts';
import type { Database } from './open-database.ts';

/** Beside its JSON, in table and indexes: a file of 200,000 events had 677 bytes for each, 260 of JSON. */
const PLAIN_BYTES = 420;

/** Reading so many takes a few milliseconds, in which this process does nothing else. */
const AT_ONCE = 5000;

/** Retention's view of the events in SQLite. */
export class SqliteKeptEventsRepository implements KeptEventsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(): Promise<KeptEvent[]> {
    const events: KeptEvent[] = [];
    for (let last = ''; ;) {
      const some = await this.#after(last);
      events.push(...some);
      last = some.at(-1)?.id ?? '';
      if (some.length < AT_ONCE) return events;
      await others();
    }
  }

  async delete(ids: readonly string[]): Promise<void> {
    await this.#database
      .deleteFrom('events')
      .where('id', 'in', ids)
      .where('state', '=', 'ended')
      .execute();
  }

  async #after(id: string): Promise<KeptEvent[]> {
    const rows = await this.#database
      .selectFrom('events')
      .select(['id', 'cameraId', 'label', 'endedAt'])
      .select([
        sql<number>`snapshot is not null`.as('hasPicture'),
        sql<number | null>`snapshot ->> '$.frame.epoch'`.as('epoch'),
        sql<number | null>`snapshot ->> '$.frame.sequence'`.as('sequence'),
        sql<number>`${PLAIN_BYTES} + length(best) + length(gaps) + coalesce(length(snapshot), 0)`.as(
          'rowBytes',
        ),
      ])
      .where('id', '>', id)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    return rows.map(({ hasPicture, epoch, sequence, ...event }) => {
      const frame = epoch === null || sequence === null ? null : { epoch, sequence };
      return { ...event, picture: hasPicture === 0 ? null : pictureName(event.id, frame) };
    });
  }
}
