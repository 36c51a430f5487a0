import type { SensorsRepository } from '../mqtt/sensors.repository.ts';
import type { Sensor } from '../mqtt/topics.ts';
import type { Database } from './open-database.ts';

/** Sensors in SQLite; no label is kept as an empty one, which no camera may have. */
export class SqliteSensorsRepository implements SensorsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(): Promise<Sensor[]> {
    const rows = await this.#database.selectFrom('mqttSensors').selectAll().execute();
    return rows.map(({ cameraId, label }) => ({ cameraId, label: label === '' ? null : label }));
  }

  async add({ cameraId, label }: Sensor): Promise<void> {
    await this.#database
      .insertInto('mqttSensors')
      .values({ cameraId, label: label ?? '' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async remove({ cameraId, label }: Sensor): Promise<void> {
    await this.#database
      .deleteFrom('mqttSensors')
      .where('cameraId', '=', cameraId)
      .where('label', '=', label ?? '')
      .execute();
  }
}
