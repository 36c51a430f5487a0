import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '@lookout/config';
import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { type Migration, type MigrationInfo, Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import type { Tables } from './schema.ts';
import { TruthfulSqliteDialect } from './sqlite-dialect.ts';

export type Database = Kysely<Tables>;

/**
 * Opens the SQLite file, making it when there is none, and brings it to the present form. A file
 * that has to be changed for that is copied first, to `<file>.before-<migration>`.
 * @throws ConfigError when the file cannot be used, in one line for a person
 */
export async function openDatabase(
  file: string,
  steps: Record<string, Migration> = migrations,
): Promise<Database> {
  let sqlite: Sqlite.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    sqlite = new Sqlite(file);
    // Hashes of tokens are in it, and with other kinds of sources the cameras' own passwords.
    chmodSync(file, 0o600);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    // What was deleted or replaced may have been a secret.
    sqlite.pragma('secure_delete = ON');
    const database = new Kysely<Tables>({ dialect: new TruthfulSqliteDialect(sqlite) });
    await migrate(database, sqlite, file, steps);
    return database;
  } catch (error) {
    sqlite?.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`The database ${file} cannot be used: ${reason}`, { cause: error });
  }
}

async function migrate(
  database: Database,
  sqlite: Sqlite.Database,
  file: string,
  steps: Record<string, Migration>,
): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(steps) },
  });
  const known = await migrator.getMigrations();
  const pending = known.find(isPending);
  if (pending !== undefined && !known.every(isPending)) {
    const copy = `${file}.before-${pending.name}`;
    // Made before it is filled, so that at no moment others can read it.
    closeSync(openSync(copy, 'w', 0o600));
    await sqlite.backup(copy);
  }
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new Error('a migration failed', { cause: error });
}

function isPending(migration: MigrationInfo): boolean {
  return migration.executedAt === undefined;
}
