import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@lookout/config';
import { ManualClock } from '@lookout/timing';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';
import { SqliteEpochs } from './sqlite-epochs.ts';

const clock = new ManualClock(1_000_000);
let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-db-'));
  file = join(folder, 'new', 'lookout.db');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('openDatabase', () => {
  it('makes a file that only its owner can read, and writes through to the disk', async () => {
    const database = await openDatabase(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const mode = await sql<{ synchronous: number }>`pragma synchronous`.execute(database);
    expect(mode.rows[0]?.synchronous).toBe(2);
    await database.destroy();
  });

  it('keeps what is there, and makes no copy when nothing has to change', async () => {
    const first = await openDatabase(file);
    expect(await new SqliteEpochs(first, clock, join(folder, 'marker')).next('gate')).toBe(1000);
    await first.destroy();
    const second = await openDatabase(file);
    const epochs = new SqliteEpochs(second, clock, join(folder, 'marker'));
    expect(await epochs.next('gate')).toBe(1001);
    expect(await epochs.next('door')).toBe(1000);
    await second.destroy();
    expect(await readdir(join(folder, 'new'))).toEqual(['lookout.db']);
  });

  it('copies a file of an older version before it changes it', async () => {
    const older = await openDatabase(file, {});
    await older.destroy();
    const raw = new Sqlite(file);
    raw.exec("insert into kysely_migration values ('0000-before', '2026-01-01')");
    raw.exec("create table old (word text); insert into old values ('kept')");
    raw.close();
    const before = { '0000-before': { up: () => Promise.resolve() } };
    const newer = { ...before, '0001-word': { up: () => Promise.resolve() } };
    await (await openDatabase(file, newer)).destroy();
    const copy = new Sqlite(`${file}.before-0001-word`, { readonly: true });
    expect(copy.prepare('select word from old').pluck().get()).toBe('kept');
    copy.close();
  });

  it.each([
    ['no database', (path: string) => writeFile(path, 'hello '.repeat(1000))],
    [
      'a database of a newer version',
      async (path: string) => {
        const later = { '9999-later': { up: () => Promise.resolve() } };
        await (await openDatabase(path, later)).destroy();
      },
    ],
  ])('refuses %s in one line', async (_what, make) => {
    const path = join(folder, 'x.db');
    await make(path);
    const opening = openDatabase(path);
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(/^The database [^\n]*x\.db cannot be used: [^\n]+$/);
  });
});
