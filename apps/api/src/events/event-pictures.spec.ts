import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@lookout/timing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleFrame, sampleResult } from '../status/samples.ts';
import { checkRoom, diskRoom } from './disk-room.ts';
import { EventPictures } from './event-pictures.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-pictures-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('leaves a part of the disk to the rest: 50 MB, or a twentieth of a small one', () => {
  const room = (megabytes: number, free: number) => () => {
    checkRoom({ bytes: megabytes * 1e6, freeBytes: free * 1e6 });
  };
  expect(room(64_000, 51)).not.toThrow();
  expect(room(64_000, 49)).toThrow(
    '49.0 MB are free on the disk, and 50.0 MB are left to the rest',
  );
  expect(room(100, 6)).not.toThrow();
  expect(room(100, 4)).toThrow('5.0 MB');
});

it('asks a real disk', async () => {
  const { bytes, freeBytes } = await diskRoom(folder);
  expect(bytes).toBeGreaterThanOrEqual(freeBytes);
  expect(freeBytes).toBeGreaterThan(0);
});

it('writes nothing while there is no room, and leaves nothing behind when there is', async () => {
  let freeBytes = 1e6;
  const pictures = new EventPictures(folder, () => Promise.resolve({ bytes: 1e12, freeBytes }));
  await expect(pictures.tryToWrite()).rejects.toThrow('1.0 MB are free');
  freeBytes = 1e9;
  await pictures.tryToWrite();
  expect(await readdir(folder)).toEqual([]);
});

it('holds a bounded number of frames though nobody lets go of them', async () => {
  const pictures = new EventPictures(folder);
  const box = { x: 0, y: 0, width: 1, height: 1 };
  const detections = [{ classId: 0, label: 'car', confidence: 0.9, box }];
  for (let sequence = 0; sequence < 1000; sequence += 1) {
    const frame = sampleFrame(new ManualClock(), sequence);
    pictures.hold({ ...sampleResult(frame), detections }, frame);
  }
  const pictureOf = (sequence: number) => {
    const best = { epoch: 1, sequence, at: 0, confidence: 0.9 };
    const stay = { id: `event-${String(sequence)}`, label: 'car', best, state: 'active' } as const;
    return pictures.write('gate', stay);
  };
  expect(await pictureOf(0)).toBeNull();
  expect(await pictureOf(999)).toMatchObject({ confidence: 0.9 });
});
