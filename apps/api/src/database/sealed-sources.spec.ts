import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Keyring } from '../secrets/keyring.ts';
import { isLocked } from '../secrets/locked-source.ts';
import { SourceVault } from '../secrets/source-vault.ts';
import { migrations } from './migrations/index.ts';
import { openDatabase } from './open-database.ts';
import { resealSources } from './reseal-sources.ts';
import { SqliteCamerasRepository } from './sqlite-cameras.repository.ts';
import { SqliteCredentialsRepository } from './sqlite-credentials.repository.ts';

const SECRET = 'pa55-of-the-gate';
const source = { type: 'rtsp', url: `rtsp://user:${SECRET}@10.0.0.5/stream`, transport: 'tcp' };

let folder = '';
let file = '';
let keyFile = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-db-'));
  file = join(folder, 'lookout.db');
  keyFile = join(folder, 'secrets.key');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A database as the first version left it, with a camera, a token and a session. */
async function leaveFirstVersion(): Promise<void> {
  const [name = '', first] = Object.entries(migrations)[0] ?? [];
  if (first === undefined) throw new Error('There is no first migration');
  await (await openDatabase(file, { [name]: first })).destroy();
  const raw = new Sqlite(file);
  raw
    .prepare(
      `insert into cameras values ('gate', 'Gate', 1, ?, 10, 10, 5,
        '{"width":640,"quality":80}',
        '{"enabled":true,"model":null,"minConfidence":0.4,"classes":[]}', 3, 1000, 2000)`,
    )
    .run(JSON.stringify(source));
  raw.exec(`insert into tokens values ('admin', 'Admin', 'admin', 'hash-of-a-token', 1000)`);
  raw.exec(`insert into sessions values ('hash-of-a-cookie', 'hash-of-a-token', 9000)`);
  raw.close();
}

async function open() {
  const vault = new SourceVault(new Keyring(keyFile));
  const database = await openDatabase(file);
  await resealSources(database, vault);
  return { database, cameras: new SqliteCamerasRepository(database, vault) };
}

async function sealedWith(): Promise<string> {
  const raw = new Sqlite(file, { readonly: true });
  const kept = raw.prepare('select source from cameras').pluck().get() as string;
  raw.close();
  await Promise.resolve();
  return (JSON.parse(kept) as { key: string }).key;
}

it('brings a database of the first version up, and leaves no credential readable', async () => {
  await leaveFirstVersion();
  expect((await readFile(file)).includes(SECRET)).toBe(true);
  const { database, cameras } = await open();
  expect(await cameras.list()).toMatchObject([{ id: 'gate', version: 3, source }]);
  const credentials = new SqliteCredentialsRepository(database);
  const admin = { id: 'admin', role: 'admin', cameraIds: null, lastUsedAt: null };
  expect(await credentials.tokens()).toMatchObject([{ ...admin, hash: 'hash-of-a-token' }]);
  expect(await credentials.findSession('hash-of-a-cookie')).toMatchObject({ expiresAt: 9000 });
  for (const name of (await readdir(folder)).filter((each) => !each.includes('.before-'))) {
    expect([name, (await readFile(join(folder, name))).includes(SECRET)]).toEqual([name, false]);
  }
  await database.destroy();
  const copies = (await readdir(folder)).filter((name) => name.includes('.before-'));
  expect(copies).toEqual(['lookout.db.before-0002-rights-and-audit']);
  expect((await stat(join(folder, copies[0] ?? ''))).mode & 0o777).toBe(0o600);
});

it('seals anew with a key that was put first, so that the old one can go', async () => {
  await leaveFirstVersion();
  await (await open()).database.destroy();
  const before = await sealedWith();
  new Keyring(join(folder, 'new.key')).seal('x', 'y');
  const fresh = await readFile(join(folder, 'new.key'), 'utf8');
  await writeFile(keyFile, fresh + (await readFile(keyFile, 'utf8')));
  await (await open()).database.destroy();
  expect(await sealedWith()).not.toBe(before);
  await writeFile(keyFile, fresh);
  const { database, cameras } = await open();
  expect(await cameras.find('gate')).toMatchObject({ source });
  await database.destroy();
});

it('loses nothing while the key is missing', async () => {
  await leaveFirstVersion();
  await (await open()).database.destroy();
  await rename(keyFile, `${keyFile}.away`);
  const without = await open();
  const locked = await without.cameras.find('gate');
  if (locked === undefined) throw new Error('The camera is gone');
  expect(isLocked(locked.source)).toBe(true);
  expect(locked.source).toEqual({ ...source, url: 'rtsp://user:***@10.0.0.5/stream' });
  expect(await without.cameras.replace({ ...locked, name: 'Door', version: 4 }, 3)).toBe(true);
  await without.database.destroy();
  await rename(`${keyFile}.away`, keyFile);
  const { database, cameras } = await open();
  expect(await cameras.find('gate')).toMatchObject({ name: 'Door', version: 4, source });
  await database.destroy();
});
