import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@lookout/config';
import type { Camera, NewCamera } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import {
  ConflictException,
  Inject,
  Injectable,
  NotFoundException,
  type OnApplicationBootstrap,
  PreconditionFailedException,
} from '@nestjs/common';
import { CaptureService } from '../capture/capture.service.ts';
import { ModelsService } from '../models/models.service.ts';
import { SourceChecks } from '../sources/source-checks.ts';
import { CLOCK, CONFIG } from '../tokens.ts';
import { CAMERAS_REPOSITORY, type CamerasRepository } from './cameras.repository.ts';
import { demoCamera } from './demo-camera.ts';
import { matches } from './etag.ts';
import { patchedSettings } from './patched-settings.ts';
import { numberedSlug, slugOf } from './slug.ts';

/** What can be done with cameras. Changes happen one after another, in the order of asking. */
@Injectable()
export class CamerasService implements OnApplicationBootstrap {
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CAMERAS_REPOSITORY) private readonly repository: CamerasRepository,
    private readonly capture: CaptureService,
    private readonly sources: SourceChecks,
    private readonly models: ModelsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.capture.begin(await this.list());
    if (await this.#wantsDemo()) {
      await this.repository.noteDemoInserted();
      await this.create(demoCamera);
    }
  }

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

  /**
   * @param ownId - the camera's id; without one it is made from the name
   * @throws InvalidInput when the source may not be used, or there is no such model
   * @throws ConflictException when `ownId` is taken
   */
  create(wanted: NewCamera, ownId?: string): Promise<Camera> {
    return this.#inOrder(async () => {
      const source = await this.sources.accept(wanted.source);
      await this.models.check(wanted.detection);
      const now = this.#now();
      const slug = ownId ?? slugOf(wanted.name);
      for (let attempt = 1; ; attempt += 1) {
        const id = numberedSlug(slug, attempt);
        const camera = { id, ...wanted, source, version: 1, createdAt: now, updatedAt: now };
        if (await this.repository.insert(camera)) {
          this.capture.add(camera);
          return camera;
        }
        if (ownId !== undefined)
          throw new ConflictException(`There is a camera "${ownId}" already`);
      }
    });
  }

  /**
   * Applies a JSON merge patch.
   * @param ifMatch - the header of this name; the change fails when it names another version
   */
  change(id: string, patch: unknown, ifMatch: string | undefined): Promise<Camera> {
    return this.#inOrder(async () => {
      const stored = await this.get(id);
      if (!matches(ifMatch, stored)) {
        throw new PreconditionFailedException('The camera was changed since it was read');
      }
      const { version, createdAt } = stored;
      const settings = patchedSettings(stored, patch);
      await this.models.check(settings.detection, stored.detection);
      const changed = {
        id,
        ...settings,
        source: await this.sources.accept(settings.source, stored.source),
        version: version + 1,
        createdAt,
        updatedAt: this.#now(),
      };
      if (!(await this.repository.replace(changed, version))) {
        throw new PreconditionFailedException('The camera was changed by somebody else');
      }
      this.capture.change(changed);
      return changed;
    });
  }

  /**
   * @param ifMatch - the header of this name; nothing is removed when it names another version
   * @throws NotFoundException
   */
  remove(id: string, ifMatch?: string): Promise<void> {
    return this.#inOrder(async () => {
      const stored = await this.get(id);
      if (!matches(ifMatch, stored)) {
        throw new PreconditionFailedException('The camera was changed since it was read');
      }
      const { id: known } = stored;
      await this.repository.delete(known);
      await this.capture.remove(known);
    });
  }

  async #wantsDemo(): Promise<boolean> {
    const { demo, dataDir } = this.config;
    if (demo === false || (await this.repository.demoInserted())) return false;
    if (demo === undefined && (await this.repository.everInserted())) return false;
    return existsSync(join(dataDir, 'demo', 'vtest.mp4'));
  }

  #now(): string {
    return new Date(this.clock.now()).toISOString();
  }

  #inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
