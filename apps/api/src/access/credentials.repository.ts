import type { Role } from '@lookout/contracts';
import type { InjectionToken } from '@nestjs/common';

/** A token as it is kept: by its hash alone. */
export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** `null`: all cameras. */
  readonly cameraIds: readonly string[] | null;
  /** Hexadecimal SHA-256. */
  readonly hash: string;
  /** ms since the Unix epoch. */
  readonly createdAt: number;
  /** ms since the Unix epoch, to the minute; `null`: never. */
  readonly lastUsedAt: number | null;
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
  /** In the order in which they were made. */
  tokens(): Promise<StoredToken[]>;
  /** Adds the token or replaces the one with its id, whose sessions end. */
  saveToken(token: StoredToken): Promise<void>;
  noteUse(tokenId: string, at: number): Promise<void>;
  /**
   * Deletes a token with its sessions.
   * @param keepAdmin - the last token of an admin stays
   * @returns `false` when nothing was deleted
   */
  deleteToken(tokenId: string, keepAdmin: boolean): Promise<boolean>;
  findSession(hash: string): Promise<StoredSession | undefined>;
  /** Adds a session and forgets those that ended before `now`. */
  addSession(session: StoredSession, now: number): Promise<void>;
  deleteSession(hash: string): Promise<void>;
}

export const CREDENTIALS_REPOSITORY: InjectionToken<CredentialsRepository> =
  Symbol('CredentialsRepository');
