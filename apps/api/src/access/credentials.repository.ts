import type { InjectionToken } from '@nestjs/common';
import type { Role } from './principal.ts';

/** A token as it is kept: by its hash alone. */
export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Hexadecimal SHA-256. */
  readonly hash: string;
}

/** A browser's session as it is kept. */
export interface StoredSession {
  /** Hexadecimal SHA-256 of the cookie's value. */
  readonly hash: string;
  /** Of the token that began it: the session ends with its token. */
  readonly tokenHash: string;
  /** ms since the Unix epoch. */
  readonly expiresAt: number;
}

/** Where tokens and sessions are kept. */
export interface CredentialsRepository {
  tokens(): Promise<StoredToken[]>;
  /** Adds the token or replaces the one with its id. */
  saveToken(token: StoredToken): Promise<void>;
  findSession(hash: string): Promise<StoredSession | undefined>;
  /** Adds a session and forgets those that ended before `now`. */
  addSession(session: StoredSession, now: number): Promise<void>;
  deleteSession(hash: string): Promise<void>;
}

export const CREDENTIALS_REPOSITORY: InjectionToken<CredentialsRepository> =
  Symbol('CredentialsRepository');
