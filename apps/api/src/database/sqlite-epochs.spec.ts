import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostClock } from '@lookout/host';
import { ManualClock, sleep } from '@lookout/timing';
import { Logger } from '@nestjs/common';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './open-database.ts';
import { SqliteEpochs } from './sqlite-epochs.ts';

const BEGAN_S = 1_000_000;
let folder: string;
let clock: ManualClock;
let database: Database;
let epochs: SqliteEpochs;

beforeAll(() => {
  Logger.overrideLogger(false);
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-epochs-'));
  clock = new ManualClock(BEGAN_S * 1000);
  await begin();
});

afterEach(async () => {
  await end();
  await rm(folder, { recursive: true, force: true });
});

async function begin(): Promise<void> {
  database = await openDatabase(join(folder, 'lookout.db'));
  epochs = new SqliteEpochs(database, clock, join(folder, 'marker'));
}

async function end(): Promise<void> {
  epochs.onModuleDestroy();
  await database.destroy();
}

/** @param later - how long the api is down, s */
async function restart(later: number): Promise<void> {
  await end();
  clock.advance(later * 1000);
  await begin();
}

async function mayWrite(may: boolean): Promise<void> {
  await sql.raw(`pragma query_only = ${may ? 'off' : 'on'}`).execute(database);
}

async function written(): Promise<Record<string, number>> {
  const rows = await database.selectFrom('cameraEpochs').selectAll().execute();
  return Object.fromEntries(rows.map(({ cameraId, epoch }) => [cameraId, epoch]));
}

const isMarked = async () => (await readdir(folder)).includes('marker');

describe('while epochs can be written', () => {
  it('begins at the time in seconds, and counts from there through restarts', async () => {
    expect(await epochs.next('gate')).toBe(BEGAN_S);
    expect(await epochs.next('gate')).toBe(BEGAN_S + 1);
    expect(await isMarked()).toBe(true);
    await restart(3600);
    expect(await epochs.next('gate')).toBe(BEGAN_S + 2);
    expect(await epochs.next('door')).toBe(BEGAN_S + 3600);
  });
});

describe('when an epoch cannot be written', () => {
  beforeEach(async () => {
    await epochs.next('gate');
    await epochs.next('gone');
    await mayWrite(false);
  });

  it('goes on in memory, without the marker', async () => {
    expect(await epochs.next('gate')).toBe(BEGAN_S + 1);
    expect(await isMarked()).toBe(false);
    expect(await epochs.next('gate')).toBe(BEGAN_S + 2);
    expect(await epochs.next('door')).toBe(BEGAN_S);
    expect(await written()).toEqual({ gate: BEGAN_S, gone: BEGAN_S });
  });

  it('writes them at the next start that can', async () => {
    await epochs.next('gate');
    await epochs.next('door');
    await mayWrite(true);
    expect(await epochs.next('door')).toBe(BEGAN_S + 1);
    expect(await written()).toEqual({ gate: BEGAN_S + 1, gone: BEGAN_S, door: BEGAN_S + 1 });
    expect(await isMarked()).toBe(true);
    await restart(3600);
    expect(await epochs.next('gate')).toBe(BEGAN_S + 2);
  });

  it('writes them without a start, within seconds', async () => {
    await epochs.next('gate');
    await mayWrite(true);
    clock.advance(2000);
    while (!(await isMarked())) await sleep(hostClock(), 5);
    expect(await written()).toEqual({ gate: BEGAN_S + 1, gone: BEGAN_S });
  });

  it('goes on also where the marker cannot be deleted', async () => {
    await rm(join(folder, 'marker'));
    // What is a folder is not deleted as a file is.
    await mkdir(join(folder, 'marker'));
    expect(await epochs.next('gate')).toBe(BEGAN_S + 1);
    await mayWrite(true);
    expect(await epochs.next('gate')).toBe(BEGAN_S + 2);
    expect(await written()).toEqual({ gate: BEGAN_S + 2, gone: BEGAN_S });
  });

  it('is ahead of all that a process used which died before it wrote', async () => {
    await epochs.next('gate');
    await restart(60);
    await mayWrite(false);
    expect(await epochs.next('gate')).toBe(BEGAN_S + 60);
    expect(await epochs.next('gate')).toBe(BEGAN_S + 61);
    await restart(60);
    expect(await epochs.next('gate')).toBe(BEGAN_S + 120);
    expect(await isMarked()).toBe(true);
    // What did not begin meanwhile may have begun in the process that died.
    await restart(60);
    expect(await epochs.next('gone')).toBe(BEGAN_S + 120);
    expect(await epochs.next('gate')).toBe(BEGAN_S + 121);
  });
});
