import Sqlite from 'better-sqlite3';

/** What a SQLite file holds, in bytes, with what is still in its log and without pages that are free. */
export function databaseBytes(file: string): number {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    const read = (name: string): number => Number(sqlite.pragma(name, { simple: true }));
    return (read('page_count') - read('freelist_count')) * read('page_size');
  } finally {
    sqlite.close();
  }
}
