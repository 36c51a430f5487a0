import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@lookout/timing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleFrame, sampleResult } from '../status/samples.ts';
import { checkRoom, diskRoom } from './disk-room.ts';
import { EventPictures } from './event-pictures.ts';
import type { StoredEvent } from './events.repository.ts';

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
  const newest = { frame: { sequence: 999 } };
  const sinceLong = { ...stayOf(0), lastSeenAt: Infinity };
  expect(await pictures.write('gate', sinceLong)).toMatchObject(newest);
  expect(await pictures.write('gate', stayOf(999))).toMatchObject({ confidence: 0.9 });
});

it('counts no file whose row is still to come, and removes what no row will name', async () => {
  const pictures = new EventPictures(folder);
  const names = async () => (await pictures.files()).map(({ name }) => name);
  const snapshots = [];
  for (const sequence of [1, 2]) {
    const frame = sampleFrame(new ManualClock(), sequence);
    pictures.hold(sampleResult(frame), frame);
    const stay = { ...stayOf(sequence), id: 'event-01', label: 'person' };
    snapshots.push(await pictures.write('gate', stay));
  }
  expect(await readdir(folder)).toEqual(['event-01.1-1.jpg', 'event-01.1-2.jpg']);
  const event = { ...stayOf(2), id: 'event-01', snapshot: snapshots[1] ?? null };
  await pictures.kept([event]);
  expect(await names()).toEqual(['event-01.1-2.jpg']);
  await pictures.remove('event-01');
  expect(await readdir(folder)).toEqual([]);
});

it('lets go of the picture of an event that is never kept', async () => {
  const pictures = new EventPictures(folder);
  const frame = sampleFrame(new ManualClock(), 1);
  pictures.hold(sampleResult(frame), frame);
  await pictures.write('gate', { ...stayOf(1), label: 'person' });
  expect(await pictures.files()).toEqual([]);
  await pictures.kept([]);
  expect(await readdir(folder)).toEqual([]);
});

it('takes no picture of another moment when that of the surest look is not held', async () => {
  const clock = new ManualClock();
  const pictures = new EventPictures(folder);
  const at = [0, 1, 2].map((sequence) => {
    clock.advance(1000);
    const frame = sampleFrame(clock, sequence);
    pictures.hold(sampleResult(frame), frame);
    return Math.round(frame.capturedAt);
  });
  const write = (startedAt = 0, lastSeenAt = 0) =>
    pictures.write('gate', { ...stayOf(9), label: 'person', startedAt, lastSeenAt });
  expect(await write((at[2] ?? 0) + 1, (at[2] ?? 0) + 500)).toBeNull();
  expect(await write((at[0] ?? 0) - 500, at[1])).toMatchObject({ capturedAt: at[1] });
});

it('has no picture where power was cut before the whole of it was written', async () => {
  const pictures = new EventPictures(folder);
  const frame = sampleFrame(new ManualClock(), 1);
  pictures.hold(sampleResult(frame), frame);
  const snapshot = await pictures.write('gate', { ...stayOf(1), label: 'person' });
  const read = () => pictures.read('event-1', snapshot?.frame ?? null);
  expect(await read()).toEqual(Buffer.from(frame.jpeg));
  const [name = ''] = await readdir(folder);
  for (const length of [frame.jpeg.length - 1, 0]) {
    await truncate(join(folder, name), length);
    expect(await read()).toBeNull();
  }
});

function stayOf(sequence: number): StoredEvent {
  return {
    ...{ id: `event-${String(sequence)}`, cameraId: 'gate', label: 'car', state: 'active' },
    ...{ startedAt: 0, lastSeenAt: 0, endedAt: null, maxCount: 1, results: 3, gaps: [] },
    ...{ best: { epoch: 1, sequence, at: 0, confidence: 0.9 }, snapshot: null },
  };
}
