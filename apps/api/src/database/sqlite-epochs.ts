import type { Clock } from '@lookout/timing';
import { Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Epochs } from '../capture/epochs.ts';
import { EpochsMarker } from './epochs-marker.ts';
import type { Database } from './open-database.ts';

/** How often epochs that could not be written are tried again. */
const RETRY_MS = 2000;

/**
 * Epochs in SQLite; written through to the disk before they are used. A camera's first epoch is the
 * time in seconds: a new database beside a Redis that remembers an older one's frames is ahead of
 * them, where counting from 1 would have its frames ignored as repeated.
 *
 * No picture waits for a disk that is full: an epoch that cannot be written is kept in memory and
 * written later. Before the first such epoch is used the marker goes. A process that finds none does
 * not know which epochs the one before it used, so it is ahead of them all in the same way: captures
 * begin less often than once a second.
 */
export class SqliteEpochs implements Epochs, OnModuleDestroy {
  readonly #logger = new Logger('Capture');
  readonly #database: Database;
  readonly #clock: Pick<Clock, 'now' | 'every'>;
  readonly #marker: EpochsMarker;
  /** The newest epoch of each camera that began in this process. */
  readonly #used = new Map<string, number>();
  /** Those of them that are not in the database. */
  readonly #unwritten = new Map<string, number>();
  /** Any epoch below this may have been used; `null`: the database knows which were. */
  #doubtful: number | null;
  #last: Promise<unknown> = Promise.resolve();
  #stopTrying: (() => void) | null = null;

  /** @param marker - path of the marker's file */
  constructor(database: Database, clock: Pick<Clock, 'now' | 'every'>, marker: string) {
    this.#database = database;
    this.#clock = clock;
    this.#marker = new EpochsMarker(marker);
    this.#doubtful = this.#marker.present ? null : this.#seconds();
  }

  next(cameraId: string): Promise<number> {
    return this.#inOrder(async () => {
      const epoch = await this.#nextOf(cameraId);
      this.#used.set(cameraId, epoch);
      return epoch;
    });
  }

  onModuleDestroy(): void {
    this.#stopTrying?.();
  }

  async #nextOf(cameraId: string): Promise<number> {
    try {
      await this.#makeGood();
      return await this.#writeNext(cameraId);
    } catch (error) {
      const last = this.#used.get(cameraId) ?? (await this.#written(cameraId));
      this.#goOnWithoutDisk(error);
      const next = last === undefined ? this.#seconds() : last + 1;
      const epoch = Math.max(next, this.#doubtful ?? next);
      this.#unwritten.set(cameraId, epoch);
      return epoch;
    }
  }

  async #writeNext(cameraId: string): Promise<number> {
    const { epoch } = await this.#database
      .insertInto('cameraEpochs')
      .values({ cameraId, epoch: this.#seconds() })
      .onConflict((conflict) =>
        conflict.column('cameraId').doUpdateSet(({ eb }) => ({
          epoch: eb('cameraEpochs.epoch', '+', 1),
        })),
      )
      .returning('epoch')
      .executeTakeFirstOrThrow();
    return epoch;
  }

  async #written(cameraId: string): Promise<number | undefined> {
    const row = await this.#database
      .selectFrom('cameraEpochs')
      .select('epoch')
      .where('cameraId', '=', cameraId)
      .executeTakeFirst();
    return row?.epoch;
  }

  #goOnWithoutDisk(error: unknown): void {
    if (this.#stopTrying !== null) return;
    const words = error instanceof Error ? error.message : String(error);
    this.#logger.warn(`Epochs are kept in memory until they can be written: ${words}`);
    try {
      this.#marker.remove();
    } catch (fault) {
      // The picture is worth more than what a restart before the next write would not know.
      this.#logger.error(`Epochs may be used again after a restart: ${String(fault)}`);
    }
    this.#stopTrying = this.#clock.every(RETRY_MS, () => {
      void this.#inOrder(() => this.#makeGood()).catch(() => undefined);
    });
  }

  /** Writes what is not written; then nothing is in doubt. */
  async #makeGood(): Promise<void> {
    if (this.#doubtful === null && this.#unwritten.size === 0) return;
    const least = (this.#doubtful ?? 0) - 1;
    await this.#database.transaction().execute(async (transaction) => {
      // Also of cameras that are off or deleted: they go on from here one day.
      await transaction
        .updateTable('cameraEpochs')
        .set({ epoch: least })
        .where('epoch', '<', least)
        .execute();
      for (const [cameraId, epoch] of this.#unwritten) {
        await transaction
          .insertInto('cameraEpochs')
          .values({ cameraId, epoch })
          .onConflict((conflict) => conflict.column('cameraId').doUpdateSet({ epoch }))
          .execute();
      }
    });
    this.#unwritten.clear();
    this.#doubtful = null;
    this.#marker.make();
    if (this.#stopTrying === null) return;
    this.#stopTrying();
    this.#stopTrying = null;
    this.#logger.log('The epochs that were kept in memory are written');
  }

  #seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }

  #inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
