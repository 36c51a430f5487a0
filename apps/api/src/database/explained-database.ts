import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Database } from './open-database.ts';
import type { Tables } from './schema.ts';

/** A file that is open a second time, for tests that look at how SQLite goes about its work. */
export interface ExplainedDatabase {
  readonly database: Database;
  /** Of each statement since the start, how its rows were found. */
  readonly searches: string[][];
}

export function explainDatabase(file: string): ExplainedDatabase {
  const sqlite = new Sqlite(file);
  const searches: string[][] = [];
  const database = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: sqlite }),
    log: ({ query: { sql, parameters } }) => {
      const plan = sqlite.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`);
      const steps = plan.all(...parameters).map(({ detail }) => detail);
      searches.push(steps.filter((step) => /^(?:SEARCH|SCAN)/.test(step)));
    },
  });
  return { database, searches };
}
