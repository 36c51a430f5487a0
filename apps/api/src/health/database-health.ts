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
    const sizeBytes = await stat(this.config.databaseFile).then(
      ({ size }) => size,
      () => null,
    );
    return { engine: 'sqlite', state, sizeBytes };
  }
}
