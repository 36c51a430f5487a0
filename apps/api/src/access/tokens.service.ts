import { randomBytes } from 'node:crypto';
import type { Config } from '@lookout/config';
import type { CreatedToken, NewToken, Token } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import { CAMERAS_REPOSITORY, type CamerasRepository } from '../cameras/cameras.repository.ts';
import { InvalidInput } from '../http/invalid-input.ts';
import { CLOCK, CONFIG } from '../tokens.ts';
import { AccessService } from './access.service.ts';
import {
  CREDENTIALS_REPOSITORY,
  type CredentialsRepository,
  type StoredToken,
} from './credentials.repository.ts';
import type { Principal } from './principal.ts';
import { hashOf, newSecret } from './secret.ts';

/** Makes, lists and revokes tokens. */
@Injectable()
export class TokensService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CREDENTIALS_REPOSITORY) private readonly repository: CredentialsRepository,
    @Inject(CAMERAS_REPOSITORY) private readonly cameras: CamerasRepository,
    private readonly access: AccessService,
  ) {}

  async list(): Promise<Token[]> {
    return (await this.repository.tokens()).map(shown);
  }

  /** @throws InvalidInput for a camera that is not there */
  async create({ name, role, cameraIds }: NewToken): Promise<CreatedToken> {
    await this.#checkCameras(cameraIds ?? []);
    const secret = newSecret();
    const token: StoredToken = {
      id: randomBytes(6).toString('hex'),
      name,
      role,
      cameraIds: cameraIds === null ? null : [...new Set(cameraIds)],
      hash: hashOf(secret),
      createdAt: this.clock.now(),
      lastUsedAt: null,
    };
    await this.repository.saveToken(token);
    return { ...shown(token), token: secret };
  }

  /**
   * Ends a token, its sessions and whatever they have open. A caller cannot revoke its own token, so
   * that an admin is left.
   */
  async revoke(id: string, caller: Principal): Promise<void> {
    if (!(await this.repository.tokens()).some((token) => token.id === id)) {
      throw new NotFoundException(`There is no token "${id}"`);
    }
    if (id === caller.tokenId) throw new ConflictException('A token cannot revoke itself');
    // The environment's admin is there whatever becomes of the kept ones.
    if (!(await this.repository.deleteToken(id, this.config.adminToken === undefined))) {
      throw new ConflictException('The last token of an admin cannot be revoked');
    }
    this.access.ended();
  }

  async #checkCameras(cameraIds: readonly string[]): Promise<void> {
    const faults = [];
    for (const [index, id] of cameraIds.entries()) {
      if ((await this.cameras.find(id)) !== undefined) continue;
      faults.push({ path: `cameraIds.${String(index)}`, message: `there is no camera "${id}"` });
    }
    if (faults.length > 0) throw new InvalidInput(faults);
  }
}

function shown({ id, name, role, cameraIds, createdAt, lastUsedAt }: StoredToken): Token {
  return {
    id,
    name,
    role,
    cameraIds: cameraIds === null ? null : [...cameraIds],
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  };
}
