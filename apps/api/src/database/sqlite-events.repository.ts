import { detectionSchema } from '@lookout/contracts';
import type { PresenceMemory } from '@lookout/presence';
import { type Clock, systemClock } from '@lookout/timing';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type {
  EventQuery,
  EventsRepository,
  Progress,
  StoredEvent,
} from '../events/events.repository.ts';
import { presenceMemorySchema, staySchema } from '../events/presence-schema.ts';
import { messageOfTurn } from '../webhooks/outgoing-message.ts';
import { listEvents } from './list-events.ts';
import type { Database } from './open-database.ts';
import { postMessages } from './post-messages.ts';
import type { Tables } from './schema.ts';

const snapshotSchema = z.object({
  frame: z.object({ epoch: z.number(), sequence: z.number() }).nullable().default(null),
  capturedAt: z.number(),
  confidence: z.number(),
  detections: z.array(detectionSchema),
});

/** Events in SQLite. */
export class SqliteEventsRepository implements EventsRepository {
  readonly #database: Database;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(database: Database, clock: Pick<Clock, 'now'> = systemClock()) {
    this.#database = database;
    this.#clock = clock;
  }

  async memories(): Promise<Map<string, PresenceMemory>> {
    const rows = await this.#database.selectFrom('presence').selectAll().execute();
    return new Map(
      rows.map(({ cameraId, memory }) => [
        cameraId,
        presenceMemorySchema.parse(JSON.parse(memory)),
      ]),
    );
  }

  async keep({ memories, events, turns }: Progress): Promise<void> {
    await this.#database.transaction().execute(async (transaction) => {
      for (const [cameraId, memory] of memories) {
        if (memory === null) {
          await transaction.deleteFrom('presence').where('cameraId', '=', cameraId).execute();
          continue;
        }
        const row = { memory: JSON.stringify(memory) };
        await transaction
          .insertInto('presence')
          .values({ cameraId, ...row })
          .onConflict((conflict) => conflict.column('cameraId').doUpdateSet(row))
          .execute();
      }
      for (const event of events) {
        const { snapshot, ...row } = eventRow(event);
        await transaction
          .insertInto('events')
          .values({ ...row, snapshot })
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet(snapshot === null ? row : { ...row, snapshot }),
          )
          .execute();
      }
      const now = this.#clock.now();
      const messages = turns.map((turn) => messageOfTurn(turn, now));
      const told = messages.filter((message) => message !== null);
      await postMessages(transaction, told, now);
    });
  }

  async list(query: EventQuery): Promise<StoredEvent[]> {
    const rows = await listEvents(this.#database, query);
    return rows.map(toEvent);
  }

  async find(id: string): Promise<StoredEvent | undefined> {
    const row = await this.#database
      .selectFrom('events')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row && toEvent(row);
  }

  async delete(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('events')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }
}

function eventRow({ best, gaps, snapshot, ...event }: StoredEvent): Tables['events'] {
  return {
    ...event,
    best: JSON.stringify(best),
    gaps: JSON.stringify(gaps),
    snapshot: snapshot === null ? null : JSON.stringify(snapshot),
  };
}

function toEvent({ best, gaps, snapshot, cameraId, ...row }: Selectable<Tables['events']>) {
  const stay = staySchema.parse({ ...row, best: read(best), gaps: read(gaps) });
  return {
    cameraId,
    ...stay,
    snapshot: snapshot === null ? null : snapshotSchema.parse(JSON.parse(snapshot)),
  };
}

function read(json: string): unknown {
  return JSON.parse(json);
}
