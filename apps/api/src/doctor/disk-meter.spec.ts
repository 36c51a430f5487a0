import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@lookout/timing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskTrouble } from './diagnosis/disk.ts';
import { DiskMeter } from './disk-meter.ts';

let folder: string;
let clock: ManualClock;
let meter: DiskMeter;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-disk-'));
  clock = new ManualClock();
  meter = new DiskMeter({ dataDir: folder }, clock);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('reads the room on the real disk, and leaves nothing behind', async () => {
  const disk = await meter.read();
  expect(disk.fault).toBeNull();
  expect(disk.freeBytes).toBeGreaterThan(0);
  expect(disk.bytes).toBeGreaterThanOrEqual(disk.freeBytes ?? Infinity);
  expect(await readdir(folder)).toEqual([]);
});

it('says at once when the folder is gone, and when it is back', async () => {
  await meter.read();
  await rm(folder, { recursive: true });
  expect(await meter.read()).toMatchObject({ freeBytes: null, fault: 'it is gone' });
});

it('says why a folder takes no file', async () => {
  const readOnly = await new DiskMeter({ dataDir: '/proc' }, clock).read();
  expect(diskTrouble(readOnly)).toMatchObject({ severity: 'critical' });
});
