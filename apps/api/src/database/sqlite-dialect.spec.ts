import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isFullDisk } from '../http/full-disk.ts';
import { type Database, openDatabase } from './open-database.ts';

let folder: string;
let database: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-dialect-'));
  database = await openDatabase(join(folder, 'lookout.db'));
});

afterEach(async () => {
  await database.destroy();
  await rm(folder, { recursive: true });
});

const fact = (name: string) => ({ name });

/** Writes a small and a large row, or neither. */
function writeMuch(): Promise<void> {
  return database.transaction().execute(async (transaction) => {
    await transaction.insertInto('facts').values(fact('small')).execute();
    await transaction
      .insertInto('facts')
      .values(fact('x'.repeat(1_000_000)))
      .execute();
  });
}

it('tells that the disk is full rather than that nothing is left to be rolled back', async () => {
  await sql`PRAGMA max_page_count = 1`.execute(database);
  const fault: unknown = await writeMuch().catch((error: unknown) => error);
  expect(isFullDisk(fault)).toBe(true);
  expect(String(fault)).toContain('database or disk is full');
  expect(await database.selectFrom('facts').selectAll().execute()).toEqual([]);
  await sql`PRAGMA max_page_count = 1000000`.execute(database);
  await writeMuch();
  expect(await database.selectFrom('facts').selectAll().execute()).toHaveLength(2);
});

it('rolls back what failed for another reason', async () => {
  const failing = database.transaction().execute(async (transaction) => {
    await transaction.insertInto('facts').values(fact('one')).execute();
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await database.selectFrom('facts').selectAll().execute()).toEqual([]);
});
