import type { InjectionToken } from '@nestjs/common';
import type { Sensor } from './topics.ts';

/** Remembers what a broker was told of, so that it can be taken away though its camera is gone. */
export interface SensorsRepository {
  list(): Promise<Sensor[]>;
  /** Does nothing when it is there. */
  add(sensor: Sensor): Promise<void>;
  remove(sensor: Sensor): Promise<void>;
}

export const SENSORS_REPOSITORY: InjectionToken<SensorsRepository> = Symbol('SensorsRepository');
