import type { Clock } from '@lookout/timing';
import type { Epochs } from '../capture/epochs.ts';
import type { Database } from './open-database.ts';

/**
 * Epochs in SQLite; written through to the disk before they are used. A camera's first epoch is the
 * time in seconds: a new database beside a Redis that remembers an older one's frames is ahead of
 * them, where counting from 1 would have its frames ignored as repeated.
 */
export class SqliteEpochs implements Epochs {
  readonly #database: Database;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(database: Database, clock: Pick<Clock, 'now'>) {
    this.#database = database;
    this.#clock = clock;
  }

  async next(cameraId: string): Promise<number> {
    const { epoch } = await this.#database
      .insertInto('cameraEpochs')
      .values({ cameraId, epoch: Math.floor(this.#clock.now() / 1000) })
      .onConflict((conflict) =>
        conflict.column('cameraId').doUpdateSet(({ eb }) => ({
          epoch: eb('cameraEpochs.epoch', '+', 1),
        })),
      )
      .returning('epoch')
      .executeTakeFirstOrThrow();
    return epoch;
  }
}
