import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
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
import { readSessionCookie } from './session-cookie.ts';

const ADMIN_TOKEN_ID = 'admin';
const SESSION_MS = 30 * 24 * 3600 * 1000;

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
    const token = randomBytes(32).toString('base64url');
    this.#offered = hash(token);
    return token;
  }

  /** Keeps the admin token that was shown, by its hash; the one before it ends. */
  async keepAdminToken(token: string): Promise<void> {
    await this.repository.saveToken({ ...admin, hash: hash(token) });
    this.#offered = undefined;
  }

  /** A token goes before a cookie: who shows a wrong token is nobody, whatever the cookie says. */
  async authenticate(credentials: Credentials): Promise<Principal | null> {
    if (credentials.token !== undefined) {
      const token = await this.#valid(hash(credentials.token));
      return token && { role: token.role, name: token.name, via: 'token', expiresAt: null };
    }
    const secret = readSessionCookie(credentials.cookieHeader);
    if (secret === undefined) return null;
    const session = await this.repository.findSession(hash(secret));
    if (session === undefined || session.expiresAt <= this.clock.now()) return null;
    const token = await this.#valid(session.tokenHash);
    const { expiresAt } = session;
    return token && { role: token.role, name: token.name, via: 'session', expiresAt };
  }

  /** @returns `null` for a wrong token */
  async beginSession(token: string): Promise<NewSession | null> {
    const owner = await this.authenticate({ token });
    if (owner === null) return null;
    const secret = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const expiresAt = now + SESSION_MS;
    const session = { hash: hash(secret), tokenHash: hash(token), expiresAt };
    await this.repository.addSession(session, now);
    return { principal: { ...owner, via: 'session', expiresAt }, secret, expiresAt };
  }

  async endSession(cookieHeader: string | undefined): Promise<void> {
    const secret = readSessionCookie(cookieHeader);
    if (secret !== undefined) await this.repository.deleteSession(hash(secret));
  }

  async #valid(tokenHash: string): Promise<StoredToken | null> {
    const tokens = await this.#tokens();
    return tokens.find((token) => equal(token.hash, tokenHash)) ?? null;
  }

  async #tokens(): Promise<StoredToken[]> {
    const stored = await this.repository.tokens();
    if (this.config.adminToken !== undefined) {
      const others = stored.filter(({ id }) => id !== ADMIN_TOKEN_ID);
      return [{ ...admin, hash: hash(this.config.adminToken) }, ...others];
    }
    return this.#offered === undefined ? stored : [{ ...admin, hash: this.#offered }, ...stored];
  }
}

const admin = { id: ADMIN_TOKEN_ID, name: 'Admin', role: 'admin' } as const;

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
