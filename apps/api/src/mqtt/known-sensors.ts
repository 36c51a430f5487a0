import type { SensorsRepository } from './sensors.repository.ts';
import type { Sensor } from './topics.ts';

/** The sensors that the database remembers, without asking it each time. */
export class KnownSensors {
  readonly #repository: SensorsRepository;
  readonly #known = new Map<string, Map<string | null, Sensor>>();
  readonly #beingKept = new Set<string>();

  constructor(repository: SensorsRepository) {
    this.#repository = repository;
  }

  async load(): Promise<void> {
    for (const sensor of await this.#repository.list()) this.#note(sensor);
  }

  all(): Sensor[] {
    return [...this.#known.values()].flatMap((sensors) => [...sensors.values()]);
  }

  /** Those of one camera. */
  of(cameraId: string): Sensor[] {
    return [...(this.#known.get(cameraId)?.values() ?? [])];
  }

  has({ cameraId, label }: Sensor): boolean {
    return this.#known.get(cameraId)?.has(label) === true;
  }

  /** Remembers it in a moment, if the database can; to be asked again until {@link has} says so. */
  keep(sensor: Sensor): void {
    const name = `${sensor.cameraId} ${sensor.label ?? ''}`;
    if (this.has(sensor) || this.#beingKept.has(name)) return;
    this.#beingKept.add(name);
    void this.#repository
      .add(sensor)
      .then(
        () => {
          this.#note(sensor);
        },
        () => undefined,
      )
      .finally(() => this.#beingKept.delete(name));
  }

  /** What the database does not forget now is taken away from the broker again at the next start. */
  forget(sensor: Sensor): void {
    const sensors = this.#known.get(sensor.cameraId);
    sensors?.delete(sensor.label);
    if (sensors?.size === 0) this.#known.delete(sensor.cameraId);
    void this.#repository.remove(sensor).catch(() => undefined);
  }

  #note(sensor: Sensor): void {
    const sensors = this.#known.get(sensor.cameraId) ?? new Map<string | null, Sensor>();
    this.#known.set(sensor.cameraId, sensors.set(sensor.label, sensor));
  }
}
