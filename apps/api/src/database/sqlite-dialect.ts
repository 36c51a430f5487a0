import type { Database as Sqlite } from 'better-sqlite3';
import { type DatabaseConnection, type Driver, SqliteDialect, SqliteDriver } from 'kysely';

/** SQLite as Kysely has it, but for what it says of a full disk. */
export class TruthfulSqliteDialect extends SqliteDialect {
  readonly #sqlite: Sqlite;

  constructor(sqlite: Sqlite) {
    super({ database: sqlite });
    this.#sqlite = sqlite;
  }

  override createDriver(): Driver {
    return new TruthfulSqliteDriver(this.#sqlite);
  }
}

/**
 * On a full disk SQLite rolls back by itself; to ask for it once more would fail, and that failure
 * would be told in place of the full disk.
 */
class TruthfulSqliteDriver extends SqliteDriver {
  readonly #sqlite: Sqlite;

  constructor(sqlite: Sqlite) {
    super({ database: sqlite });
    this.#sqlite = sqlite;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.inTransaction) await super.rollbackTransaction(connection);
  }
}
