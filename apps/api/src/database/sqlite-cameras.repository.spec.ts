import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Camera, cameraSchema, newCameraSchema } from '@lookout/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Keyring } from '../secrets/keyring.ts';
import { SourceVault } from '../secrets/source-vault.ts';
import { type Database, openDatabase } from './open-database.ts';
import { SqliteCamerasRepository } from './sqlite-cameras.repository.ts';

let folder = '';
let database: Database;
let cameras: SqliteCamerasRepository;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-db-'));
  database = await openDatabase(join(folder, 'lookout.db'));
  cameras = new SqliteCamerasRepository(
    database,
    new SourceVault(new Keyring(join(folder, 'secrets.key'))),
  );
});

afterEach(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

function camera(id: string, createdAt = 0): Camera {
  const settings = newCameraSchema.parse({
    name: `Camera "${id}"`,
    source: { type: 'file', path: "it's.mp4" },
    captureFps: 12.5,
    detection: { classes: ['person'] },
  });
  const at = new Date(createdAt).toISOString();
  return { id, ...settings, version: 1, createdAt: at, updatedAt: at };
}

describe('SqliteCamerasRepository', () => {
  it('gives back what it was given', async () => {
    expect(await cameras.insert(camera('gate'))).toBe(true);
    const found = await cameras.find('gate');
    expect(found).toEqual(camera('gate'));
    expect(cameraSchema.parse(found)).toEqual(found);
    expect(await cameras.find('door')).toBeUndefined();
  });

  it('lists in the order of making', async () => {
    await cameras.insert(camera('z', 1));
    await cameras.insert(camera('a', 2));
    expect((await cameras.list()).map(({ id }) => id)).toEqual(['z', 'a']);
  });

  it('does not overwrite an id', async () => {
    await cameras.insert(camera('gate'));
    expect(await cameras.insert({ ...camera('gate'), name: 'Other' })).toBe(false);
    expect((await cameras.find('gate'))?.name).toBe('Camera "gate"');
  });

  it('replaces only the version that was read', async () => {
    await cameras.insert(camera('gate'));
    const second = { ...camera('gate'), enabled: false, version: 2 };
    expect(await cameras.replace(second, 1)).toBe(true);
    expect(await cameras.replace({ ...second, version: 3 }, 1)).toBe(false);
    expect(await cameras.find('gate')).toEqual(second);
  });

  it('remembers that there was a camera when it is gone', async () => {
    expect(await cameras.everInserted()).toBe(false);
    await cameras.insert(camera('gate'));
    expect(await cameras.delete('gate')).toBe(true);
    expect(await cameras.delete('gate')).toBe(false);
    expect(await cameras.everInserted()).toBe(true);
    expect(await cameras.list()).toEqual([]);
  });

  it('remembers the demo camera', async () => {
    expect(await cameras.demoInserted()).toBe(false);
    await cameras.noteDemoInserted();
    await cameras.noteDemoInserted();
    expect(await cameras.demoInserted()).toBe(true);
  });
});
