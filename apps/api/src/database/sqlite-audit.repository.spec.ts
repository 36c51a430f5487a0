import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from './open-database.ts';
import { SqliteAuditRepository } from './sqlite-audit.repository.ts';

let folder = '';
let database: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-db-'));
  database = await openDatabase(join(folder, 'lookout.db'));
});

afterEach(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

it('keeps a bounded number, and lets no flood of refusals wash the rest away', async () => {
  const audit = new SqliteAuditRepository(database, { entries: 20, refusals: 5 });
  const add = (action: 'camera.changed' | 'session.refused' | 'token.refused', subject: string) =>
    audit.add({
      ...{ at: '2026-01-01T00:00:00.000Z', action, subject },
      ...{ actor: null, address: '::1', fields: ['name'] },
    });
  for (let index = 0; index < 30; index += 1) await add('camera.changed', String(index));
  for (let index = 0; index < 27; index += 1) await add('session.refused', String(index));
  for (let index = 27; index < 30; index += 1) await add('token.refused', String(index));
  const kept = await audit.list(Number.MAX_SAFE_INTEGER, 100);
  const subjects = (wanted: string) =>
    kept.filter(({ action }) => action === wanted).map(({ subject }) => subject);
  expect(subjects('token.refused')).toEqual(['29', '28', '27']);
  expect(subjects('session.refused')).toEqual(['26', '25']);
  expect(subjects('camera.changed')).toHaveLength(15);
  expect(subjects('camera.changed')[0]).toBe('29');
  expect(kept[0]).toMatchObject({ actor: null, address: '::1', fields: ['name'] });
});
