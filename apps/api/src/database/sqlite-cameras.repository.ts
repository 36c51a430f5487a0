import { type Camera, detectionSettingsSchema, frameSettingsSchema } from '@lookout/contracts';
import { type Selectable, sql } from 'kysely';
import type { CamerasRepository } from '../cameras/cameras.repository.ts';
import { isLocked } from '../secrets/locked-source.ts';
import type { SourceVault } from '../secrets/source-vault.ts';
import type { Database } from './open-database.ts';
import type { Tables } from './schema.ts';
import { takeOutOfWebhooks } from './sqlite-deleted-cameras.ts';

const EVER_INSERTED = 'camera-inserted';
const DEMO_INSERTED = 'demo-camera-inserted';

/** Cameras in SQLite. */
export class SqliteCamerasRepository implements CamerasRepository {
  readonly #database: Database;
  readonly #vault: SourceVault;

  constructor(database: Database, vault: SourceVault) {
    this.#database = database;
    this.#vault = vault;
  }

  async list(): Promise<Camera[]> {
    const rows = await this.#database
      .selectFrom('cameras')
      .selectAll()
      .orderBy('createdAt')
      .orderBy('id')
      .execute();
    return rows.map((row) => this.#toCamera(row));
  }

  async find(id: string): Promise<Camera | undefined> {
    const row = await this.#database
      .selectFrom('cameras')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row && this.#toCamera(row);
  }

  insert(camera: Camera): Promise<boolean> {
    return this.#database.transaction().execute(async (transaction) => {
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('cameras')
        .values({
          ...settingsRow(camera),
          source: this.#vault.close(camera.id, camera.source),
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      await noteFact(transaction, EVER_INSERTED);
      const isNew = numInsertedOrUpdatedRows === 1n;
      if (isNew) await takeOutOfWebhooks(transaction, camera.id, Date.parse(camera.createdAt));
      return isNew;
    });
  }

  async replace(camera: Camera, expectedVersion: number): Promise<boolean> {
    // What is left of a locked source must not take the place of what is sealed.
    const row = isLocked(camera.source)
      ? settingsRow(camera)
      : { ...settingsRow(camera), source: this.#vault.close(camera.id, camera.source) };
    const { numUpdatedRows } = await this.#database
      .updateTable('cameras')
      .set(row)
      .where('id', '=', camera.id)
      .where('version', '=', expectedVersion)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  delete(id: string): Promise<boolean> {
    return this.#database.transaction().execute(async (transaction) => {
      const { numDeletedRows } = await transaction
        .deleteFrom('cameras')
        .where('id', '=', id)
        .executeTakeFirst();
      // Another camera may get this id one day: who was let see this one was not let see that one.
      await sql`
        update tokens set cameraIds = (
          select json_group_array(value) from json_each(tokens.cameraIds) where value <> ${id}
        ) where cameraIds is not null`.execute(transaction);
      return numDeletedRows === 1n;
    });
  }

  everInserted(): Promise<boolean> {
    return this.#isFact(EVER_INSERTED);
  }

  demoInserted(): Promise<boolean> {
    return this.#isFact(DEMO_INSERTED);
  }

  noteDemoInserted(): Promise<void> {
    return noteFact(this.#database, DEMO_INSERTED);
  }

  async #isFact(name: string): Promise<boolean> {
    const fact = await this.#database
      .selectFrom('facts')
      .select('name')
      .where('name', '=', name)
      .executeTakeFirst();
    return fact !== undefined;
  }

  #toCamera(row: Selectable<Tables['cameras']>): Camera {
    return {
      ...row,
      enabled: row.enabled === 1,
      source: this.#vault.open(row.id, row.source),
      frame: frameSettingsSchema.parse(JSON.parse(row.frame)),
      detection: detectionSettingsSchema.parse(JSON.parse(row.detection)),
      createdAt: new Date(row.createdAt).toISOString(),
      updatedAt: new Date(row.updatedAt).toISOString(),
    };
  }
}

async function noteFact(database: Database, name: string): Promise<void> {
  await database
    .insertInto('facts')
    .values({ name })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A camera's row without its source, which is sealed. */
function settingsRow(camera: Camera): Omit<Tables['cameras'], 'source'> {
  const { id, name, captureFps, liveFps, detectFps, version } = camera;
  return {
    ...{ id, name, captureFps, liveFps, detectFps, version },
    enabled: camera.enabled ? 1 : 0,
    frame: JSON.stringify(camera.frame),
    detection: JSON.stringify(camera.detection),
    createdAt: Date.parse(camera.createdAt),
    updatedAt: Date.parse(camera.updatedAt),
  };
}
