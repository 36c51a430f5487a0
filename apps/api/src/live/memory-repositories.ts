import type { Camera } from '@lookout/contracts';
import type { AuditRepository } from '../audit/audit.repository.ts';
import type { CamerasRepository } from '../cameras/cameras.repository.ts';
import type {
  CredentialsRepository,
  StoredSession,
  StoredToken,
} from '../access/credentials.repository.ts';

/** Tokens and sessions inside one process, for tests. */
export class MemoryCredentials implements CredentialsRepository {
  readonly #tokens = new Map<string, StoredToken>();
  readonly #sessions = new Map<string, StoredSession>();

  tokens(): Promise<StoredToken[]> {
    return Promise.resolve([...this.#tokens.values()]);
  }

  saveToken(token: StoredToken): Promise<void> {
    this.#tokens.set(token.id, token);
    return Promise.resolve();
  }

  noteUse(): Promise<void> {
    return Promise.resolve();
  }

  deleteToken(tokenId: string): Promise<boolean> {
    return Promise.resolve(this.#tokens.delete(tokenId));
  }

  findSession(hash: string): Promise<StoredSession | undefined> {
    return Promise.resolve(this.#sessions.get(hash));
  }

  addSession(session: StoredSession): Promise<void> {
    this.#sessions.set(session.hash, session);
    return Promise.resolve();
  }

  deleteSession(hash: string): Promise<void> {
    this.#sessions.delete(hash);
    return Promise.resolve();
  }
}

/** What is asked of a database here: whether it answers, and which cameras it knows. */
export class AnsweringDatabase implements Pick<CamerasRepository, 'everInserted' | 'list'> {
  answers = true;
  cameras: Camera[] = [];

  list(): Promise<Camera[]> {
    return Promise.resolve(this.cameras);
  }

  everInserted(): Promise<boolean> {
    return this.answers ? Promise.resolve(false) : Promise.reject(new Error('disk I/O error'));
  }
}

/** An audit log that nobody reads, for tests. */
export class UnreadAudit implements AuditRepository {
  add(): Promise<void> {
    return Promise.resolve();
  }

  list(): Promise<never[]> {
    return Promise.resolve([]);
  }
}
