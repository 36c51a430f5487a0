import type { Camera } from '@lookout/contracts';
import type { InjectionToken } from '@nestjs/common';

/** Where cameras are kept. */
export interface CamerasRepository {
  /** In the order in which they were made. */
  list(): Promise<Camera[]>;
  find(id: string): Promise<Camera | undefined>;
  /** @returns `false` when the id is taken */
  insert(camera: Camera): Promise<boolean>;
  /** @returns `false` when the stored camera is not at `expectedVersion`, or gone */
  replace(camera: Camera, expectedVersion: number): Promise<boolean>;
  /** @returns `false` when there was none */
  delete(id: string): Promise<boolean>;
  /** Whether a camera was ever inserted, deleted ones included. */
  everInserted(): Promise<boolean>;
  /** Whether the demo camera was ever inserted. */
  demoInserted(): Promise<boolean>;
  noteDemoInserted(): Promise<void>;
}

export const CAMERAS_REPOSITORY: InjectionToken<CamerasRepository> = Symbol('CamerasRepository');
