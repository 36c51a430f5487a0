import type { Clock } from '@lookout/timing';
import { z } from 'zod';
import type {
  CredentialsRepository,
  StoredSession,
  StoredToken,
} from '../access/credentials.repository.ts';
import { ROLES } from '../access/principal.ts';
import type { Database } from './open-database.ts';

const roleSchema = z.enum(ROLES);

/** Tokens and sessions in SQLite. */
export class SqliteCredentialsRepository implements CredentialsRepository {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async tokens(): Promise<StoredToken[]> {
    const rows = await this.#database
      .selectFrom('tokens')
      .select(['id', 'name', 'role', 'hash'])
      .execute();
    return rows.map((row) => ({ ...row, role: roleSchema.parse(row.role) }));
  }

  async saveToken(token: StoredToken): Promise<void> {
    const { id, name, role, hash } = token;
    const fresh = { name, role, hash, createdAt: this.#clock.now() };
    await this.#database
      .insertInto('tokens')
      .values({ id, ...fresh })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(fresh))
      .execute();
  }

  findSession(hash: string): Promise<StoredSession | undefined> {
    return this.#database
      .selectFrom('sessions')
      .selectAll()
      .where('hash', '=', hash)
      .executeTakeFirst();
  }

  async addSession(session: StoredSession, now: number): Promise<void> {
    await this.#database.deleteFrom('sessions').where('expiresAt', '<=', now).execute();
    await this.#database
      .insertInto('sessions')
      .values({ ...session })
      .execute();
  }

  async deleteSession(hash: string): Promise<void> {
    await this.#database.deleteFrom('sessions').where('hash', '=', hash).execute();
  }
}
