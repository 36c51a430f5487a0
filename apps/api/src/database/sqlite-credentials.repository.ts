import { cameraIdSchema, roleSchema } from '@lookout/contracts';
import { z } from 'zod';
import type {
  CredentialsRepository,
  StoredSession,
  StoredToken,
} from '../access/credentials.repository.ts';
import type { Database } from './open-database.ts';

const cameraIdsSchema = z.array(cameraIdSchema);

/** Tokens and sessions in SQLite. */
export class SqliteCredentialsRepository implements CredentialsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async tokens(): Promise<StoredToken[]> {
    const rows = await this.#database
      .selectFrom('tokens')
      .selectAll()
      .orderBy('createdAt')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      ...row,
      role: roleSchema.parse(row.role),
      cameraIds: row.cameraIds === null ? null : cameraIdsSchema.parse(JSON.parse(row.cameraIds)),
    }));
  }

  async saveToken(token: StoredToken): Promise<void> {
    const { id, cameraIds, ...rest } = token;
    const fresh = { ...rest, cameraIds: cameraIds === null ? null : JSON.stringify(cameraIds) };
    await this.#database.transaction().execute(async (transaction) => {
      await deleteSessionsOf(transaction, id);
      await transaction
        .insertInto('tokens')
        .values({ id, ...fresh })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(fresh))
        .execute();
    });
  }

  async noteUse(tokenId: string, at: number): Promise<void> {
    await this.#database
      .updateTable('tokens')
      .set({ lastUsedAt: at })
      .where('id', '=', tokenId)
      .execute();
  }

  deleteToken(tokenId: string, keepAdmin: boolean): Promise<boolean> {
    return this.#database.transaction().execute(async (transaction) => {
      const admins = await transaction
        .selectFrom('tokens')
        .select('id')
        .where('role', '=', 'admin')
        .execute();
      if (keepAdmin && admins.length === 1 && admins[0]?.id === tokenId) return false;
      await deleteSessionsOf(transaction, tokenId);
      const { numDeletedRows } = await transaction
        .deleteFrom('tokens')
        .where('id', '=', tokenId)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    });
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

async function deleteSessionsOf(database: Database, tokenId: string): Promise<void> {
  await database
    .deleteFrom('sessions')
    .where('tokenHash', 'in', (from) =>
      from.selectFrom('tokens').select('hash').where('id', '=', tokenId),
    )
    .execute();
}
