import { sql } from 'kysely';
import type { SourceVault } from '../secrets/source-vault.ts';
import type { Database } from './open-database.ts';

/** Seals what is kept in the open, or under a key that is no longer the first. */
export async function resealSources(database: Database, vault: SourceVault): Promise<void> {
  const rows = await database.selectFrom('cameras').select(['id', 'source']).execute();
  const stale = rows.filter(({ id, source }) => vault.isStale(id, source));
  if (stale.length === 0) return;
  await database.transaction().execute(async (transaction) => {
    for (const { id, source } of stale) {
      const sealed = vault.close(id, vault.open(id, source));
      await transaction
        .updateTable('cameras')
        .set({ source: sealed })
        .where('id', '=', id)
        .execute();
    }
  });
  // Or what was written in the open would stay in the log beside the database.
  await sql`pragma wal_checkpoint(truncate)`.execute(database);
}
