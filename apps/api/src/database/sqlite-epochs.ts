import type { Epochs } from '../capture/epochs.ts';
import type { Database } from './open-database.ts';

/** Epochs in SQLite; written through to the disk before they are used. */
export class SqliteEpochs implements Epochs {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async next(cameraId: string): Promise<number> {
    const { epoch } = await this.#database
      .insertInto('cameraEpochs')
      .values({ cameraId, epoch: 1 })
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
