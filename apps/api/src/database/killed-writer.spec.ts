import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { Keyring } from '../secrets/keyring.ts';
import { SourceVault } from '../secrets/source-vault.ts';
import { openDatabase } from './open-database.ts';
import { SqliteCamerasRepository } from './sqlite-cameras.repository.ts';

const WRITER = join(import.meta.dirname, 'writer-under-test.ts');
const KILLS = 50;
const AT_ONCE = 5;

/** Lets a writer write, kills it in the middle of it, and tells what it said was kept. */
async function writeAndKill(folder: string): Promise<string[]> {
  const child = spawn(process.execPath, [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child.stdout, 'data');
  await sleep(hostClock(), Math.random() * 25);
  child.kill('SIGKILL');
  await once(child, 'close');
  return said.split('\n').slice(0, -1);
}

async function check(folder: string, said: ReadonlySet<string>): Promise<void> {
  const raw = new Sqlite(join(folder, 'lookout.db'));
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
  raw.close();
  const database = await openDatabase(join(folder, 'lookout.db'));
  const vault = new SourceVault(new Keyring(join(folder, 'secrets.key')));
  const kept = await new SqliteCamerasRepository(database, vault).list();
  const versions = new Map(kept.map(({ id, version }) => [id, version]));
  for (const line of said) {
    const [id = '', version] = line.split(' ');
    expect([id, versions.get(id)]).toEqual([id, Math.max(Number(version), versions.get(id) ?? 0)]);
  }
  for (const { id, name, version, source } of kept) {
    expect(name).toBe(version === 1 ? id : `${id} changed`);
    expect(source).toMatchObject({ url: expect.stringContaining(':secret-') as string });
  }
  await database.destroy();
}

it(
  'keeps every acknowledged write when it is killed in the middle of writing, fifty times',
  { timeout: 420_000 },
  async () => {
    const line = async () => {
      const folder = await mkdtemp(join(tmpdir(), 'lookout-killed-'));
      const said = new Set<string>();
      for (let kill = 0; kill < KILLS / AT_ONCE; kill += 1) {
        for (const each of await writeAndKill(folder)) said.add(each);
        await check(folder, said);
      }
      await rm(folder, { recursive: true });
      return said.size;
    };
    const sizes = await Promise.all(Array.from({ length: AT_ONCE }, line));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(KILLS / AT_ONCE);
  },
);
