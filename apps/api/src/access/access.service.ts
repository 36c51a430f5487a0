import { type Config, ConfigError } from '@lookout/config';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, CONFIG } from '../tokens.ts';
import {
  CREDENTIALS_REPOSITORY,
  type CredentialsRepository,
  type StoredToken,
} from './credentials.repository.ts';
import type { Principal } from './principal.ts';
import { equalHashes, hashOf, newSecret } from './secret.ts';
import { readSessionCookie } from './session-cookie.ts';

const ADMIN_TOKEN_ID = 'admin';
const SESSION_MS = 30 * 24 * 3600 * 1000;
/** Uses are noted no more often than this, or every request would be a write to the disk. */
const USE_MS = 60_000;

/** What a caller shows of itself. */
export interface Credentials {
  readonly token?: string | undefined;
  /** The whole Cookie header. */
  readonly cookieHeader?: string | undefined;
}

/** A session that has just begun. */
export interface NewSession {
  readonly principal: Principal;
  /** The cookie's value, known to the browser alone. */
  readonly secret: string;
  readonly expiresAt: number;
}

/** Knows who is calling. Secrets are kept as hashes and compared in constant time. */
@Injectable()
export class AccessService {
  /** Of an admin token that counts already, and is kept when it is known that a person saw it. */
  #offered: string | undefined;
  readonly #usedAt = new Map<string, number>();
  readonly #hearEnded: (() => void)[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CREDENTIALS_REPOSITORY) private readonly repository: CredentialsRepository,
  ) {}

  /**
   * Makes an admin token while none is kept, or when asked for another. It counts at once, but only
   * for this run: a token that nobody gets to see must not stand in the way of the next one.
   * @returns the token when one was made, to be shown and then kept
   */
  async offerAdminToken(renew: boolean): Promise<string | undefined> {
    if (this.config.adminToken !== undefined) {
      if (!renew) return undefined;
      throw new ConfigError('--new-admin-token has no use while LOOKOUT_ADMIN_TOKEN is set');
    }
    const stored = await this.repository.tokens();
    if (!renew && stored.some(({ id }) => id === ADMIN_TOKEN_ID)) return undefined;
    const token = newSecret();
    this.#offered = hashOf(token);
    return token;
  }

  /** Keeps the admin token that was shown, by its hash; the one before it ends. */
  async keepAdminToken(token: string): Promise<void> {
    await this.repository.saveToken({ ...admin, hash: hashOf(token), createdAt: this.clock.now() });
    this.#offered = undefined;
    this.ended();
  }

  /** @param heard - called when tokens or sessions may have ended: time to look again */
  onEnded(heard: () => void): void {
    this.#hearEnded.push(heard);
  }

  /** Says that tokens or sessions may have ended. */
  ended(): void {
    for (const heard of this.#hearEnded) heard();
  }

  /** A token goes before a cookie: who shows a wrong token is nobody, whatever the cookie says. */
  async authenticate(credentials: Credentials): Promise<Principal | null> {
    if (credentials.token !== undefined) {
      const token = await this.#valid(hashOf(credentials.token));
      return token && toPrincipal(token, 'token', null);
    }
    const secret = readSessionCookie(credentials.cookieHeader);
    if (secret === undefined) return null;
    const session = await this.repository.findSession(hashOf(secret));
    if (session === undefined || session.expiresAt <= this.clock.now()) return null;
    const token = await this.#valid(session.tokenHash);
    return token && toPrincipal(token, 'session', session.expiresAt);
  }

  /** @returns `null` for a wrong token */
  async beginSession(token: string): Promise<NewSession | null> {
    const owner = await this.authenticate({ token });
    if (owner === null) return null;
    const secret = newSecret();
    const now = this.clock.now();
    const expiresAt = now + SESSION_MS;
    const session = { hash: hashOf(secret), tokenHash: hashOf(token), expiresAt };
    await this.repository.addSession(session, now);
    return { principal: { ...owner, via: 'session', expiresAt }, secret, expiresAt };
  }

  async endSession(cookieHeader: string | undefined): Promise<void> {
    const secret = readSessionCookie(cookieHeader);
    if (secret === undefined) return;
    await this.repository.deleteSession(hashOf(secret));
    this.ended();
  }

  async #valid(tokenHash: string): Promise<StoredToken | null> {
    const tokens = await this.#tokens();
    const token = tokens.find(({ hash }) => equalHashes(hash, tokenHash));
    if (token === undefined) return null;
    await this.#noteUse(token.id);
    return token;
  }

  async #noteUse(tokenId: string): Promise<void> {
    const now = this.clock.now();
    if (Math.abs(now - (this.#usedAt.get(tokenId) ?? -Infinity)) < USE_MS) return;
    this.#usedAt.set(tokenId, now);
    // The environment's token stands before the kept one, whose use this is not.
    if (tokenId === ADMIN_TOKEN_ID && this.config.adminToken !== undefined) return;
    await this.repository.noteUse(tokenId, now);
  }

  async #tokens(): Promise<StoredToken[]> {
    const stored = await this.repository.tokens();
    if (this.config.adminToken !== undefined) {
      const others = stored.filter(({ id }) => id !== ADMIN_TOKEN_ID);
      return [{ ...admin, hash: hashOf(this.config.adminToken), createdAt: 0 }, ...others];
    }
    return this.#offered === undefined
      ? stored
      : [{ ...admin, hash: this.#offered, createdAt: 0 }, ...stored];
  }
}

const admin = {
  id: ADMIN_TOKEN_ID,
  name: 'Admin',
  role: 'admin',
  cameraIds: null,
  lastUsedAt: null,
} as const;

function toPrincipal(
  { id, name, role, cameraIds }: StoredToken,
  via: Principal['via'],
  expiresAt: number | null,
): Principal {
  return { tokenId: id, name, role, cameraIds, via, expiresAt };
}
