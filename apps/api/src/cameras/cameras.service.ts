import type { Camera } from '@lookout/contracts';
import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { CAMERAS_REPOSITORY, type CamerasRepository } from './cameras.repository.ts';

/** What can be done with cameras. */
@Injectable()
export class CamerasService {
  constructor(@Inject(CAMERAS_REPOSITORY) private readonly repository: CamerasRepository) {}

  /** In the order in which they were made. */
  list(): Promise<Camera[]> {
    return this.repository.list();
  }

  find(id: string): Promise<Camera | undefined> {
    return this.repository.find(id);
  }

  /** @throws NotFoundException */
  async get(id: string): Promise<Camera> {
    const camera = await this.find(id);
    if (camera === undefined) throw new NotFoundException(`There is no camera "${id}"`);
    return camera;
  }
}
