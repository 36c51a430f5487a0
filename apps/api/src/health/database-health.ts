import { stat } from 'node:fs/promises';
import type { Config } from '@lookout/config';
import type { System } from '@lookout/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CAMERAS_REPOSITORY, type CamerasRepository } from '../cameras/cameras.repository.ts';
import { CONFIG } from '../tokens.ts';

/** Whether the database answers, and how large it is. */
@Injectable()
export class DatabaseHealth {
  constructor(
    @Inject(CAMERAS_REPOSITORY) private readonly cameras: CamerasRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async read(): Promise<System['database']> {
    const state = await this.cameras.everInserted().then(
      () => 'open' as const,
      () => 'failed' as const,
    );
    return { engine: 'sqlite', state, sizeBytes: await this.#size() };
  }

  async #size(): Promise<number | null> {
    const size = (file: string) =>
      stat(file).then(
        ({ size }) => size,
        () => null,
      );
    const { databaseFile } = this.config;
    // What is new is in the log first, which can be larger than the rest.
    const [main, log] = await Promise.all([size(databaseFile), size(`${databaseFile}-wal`)]);
    return main === null ? null : main + (log ?? 0);
  }
}
