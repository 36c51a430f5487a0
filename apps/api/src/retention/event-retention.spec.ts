import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Position } from '@lookout/presence';
import { ManualClock } from '@lookout/timing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../database/open-database.ts';
import { SqliteEventsRepository } from '../database/sqlite-events.repository.ts';
import { SqliteKeptEventsRepository } from '../database/sqlite-kept-events.repository.ts';
import { EventPictures } from '../events/event-pictures.ts';
import type { StoredEvent } from '../events/events.repository.ts';
import { pictureName } from '../events/picture-name.ts';
import { EventRetention } from './event-retention.ts';

const DAY = 86_400_000;
const PICTURE_BYTES = 40_000;

let folder: string;
let database: Database;
let events: SqliteEventsRepository;
let clock: ManualClock;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-retention-'));
  await mkdir(join(folder, 'events'));
  database = await openDatabase(join(folder, 'lookout.db'));
  events = new SqliteEventsRepository(database);
  clock = new ManualClock();
});

afterEach(async () => {
  await database.destroy();
  await rm(folder, { recursive: true });
});

function retention(rules: { days?: number; diskBytes?: number } = {}) {
  return new EventRetention({
    events: new SqliteKeptEventsRepository(database),
    pictures: new EventPictures(join(folder, 'events')),
    rules: { days: 14, diskBytes: 1e9, ...rules },
    clock,
  });
}

/** Writes a file that was last changed some days ago. */
async function write(name: string, daysAgo: number, bytes = PICTURE_BYTES): Promise<void> {
  const file = join(folder, 'events', name);
  await writeFile(file, Buffer.alloc(bytes, 1));
  const at = (clock.now() - daysAgo * DAY) / 1000;
  await utimes(file, at, at);
}

/** Keeps an event with a picture that began and, unless it goes on, ended some days ago. */
async function keep(
  id: string,
  daysAgo: number,
  state: StoredEvent['state'] = 'ended',
  frame: Position | null = null,
) {
  const at = clock.now() - daysAgo * DAY;
  const event: StoredEvent = {
    ...{ id, cameraId: 'gate', label: 'person', state, startedAt: at, lastSeenAt: at },
    ...{ endedAt: state === 'ended' ? at : null, maxCount: 1, results: 5, gaps: [] },
    best: { at, epoch: 1, sequence: 1, confidence: 0.8 },
    snapshot: { frame, capturedAt: at, confidence: 0.8, detections: [] },
  };
  await events.keep({ memories: new Map(), events: [event], turns: [] });
  await write(pictureName(id, frame), daysAgo);
}

async function left() {
  const rows = await events.list({ cameraIds: null, limit: 100 });
  return {
    rows: rows.map(({ id }) => id).sort(),
    files: (await readdir(join(folder, 'events'))).sort(),
  };
}

describe('retention', () => {
  it('deletes what ended too long ago with its picture, and says so before and after', async () => {
    await keep('event-old', 15);
    await keep('event-new', 13);
    const kept = retention();
    const before = await kept.read(clock.now());
    expect(before).toMatchObject({ days: 14, diskBytes: 1e9, last: null });
    expect(before.next.amounts).toMatchObject({ age: 1, budget: 0, orphans: 0 });
    expect(before.next.events).toMatchObject([{ id: 'event-old', reason: 'age' }]);
    expect((await left()).rows).toEqual(['event-new', 'event-old']);
    await kept.run();
    expect(await left()).toEqual({ rows: ['event-new'], files: ['event-new.jpg'] });
    const after = await kept.read(clock.now());
    expect(after.last).toMatchObject({ amounts: before.next.amounts, trouble: null });
    expect(after.usedBytes).toBe(before.usedBytes - before.next.amounts.bytes);
    expect(kept.counts).toMatchObject({
      events: { age: 1, budget: 0 },
      usedBytes: after.usedBytes,
    });
  });

  it('shows what will be too old by the next time', async () => {
    await keep('event-one', 13.9);
    const kept = retention();
    expect((await kept.read(clock.now())).next.events).toEqual([]);
    const next = clock.now() + DAY;
    expect((await kept.read(next)).next.events).toMatchObject([{ id: 'event-one' }]);
  });

  it('deletes the oldest until the rest fits the budget', async () => {
    for (const days of [5, 4, 3, 2, 1]) await keep(`event-no-${String(days)}`, days);
    const kept = retention({ diskBytes: 2.5 * PICTURE_BYTES });
    await kept.run();
    expect((await left()).rows).toEqual(['event-no-1', 'event-no-2']);
    const { usedBytes, last, next } = await kept.read(null);
    expect(usedBytes).toBeLessThanOrEqual(2.5 * PICTURE_BYTES);
    expect(last?.amounts).toMatchObject({ age: 0, budget: 3 });
    expect(next).toMatchObject({ at: null, events: [] });
  });

  it('never deletes what goes on, however old it is and whatever it takes', async () => {
    await keep('event-active', 100, 'active');
    await keep('event-uncertain', 90, 'uncertain');
    await keep('event-ended', 1);
    await retention({ diskBytes: 1 }).run();
    expect(await left()).toEqual({
      rows: ['event-active', 'event-uncertain'],
      files: ['event-active.jpg', 'event-uncertain.jpg'],
    });
  });

  it('removes files of no event and what was left half-written, but nothing else', async () => {
    await keep('event-kept', 1);
    await write('event-gone.jpg', 1);
    await write('event-kept.jpg.new', 1);
    await write('event-soon.jpg', 0);
    await write('event-soon.jpg.new', 0);
    await write('notes.txt', 100);
    const kept = retention();
    expect((await kept.read(null)).next.amounts).toMatchObject({ orphans: 2 });
    await kept.run();
    expect((await left()).files).toEqual([
      ...['event-kept.jpg', 'event-soon.jpg', 'event-soon.jpg.new', 'notes.txt'],
    ]);
    expect(kept.counts.orphans).toBe(2);
  });

  it('removes a picture that its event had before, and the one of an event that says it has none', async () => {
    await keep('event-new', 1, 'ended', { epoch: 1, sequence: 7 });
    await write('event-new.1-5.jpg', 1);
    await write('event-new.jpg', 1);
    await keep('event-none', 1);
    await database
      .updateTable('events')
      .set({ snapshot: null })
      .where('id', '=', 'event-none')
      .execute();
    await retention().run();
    expect((await left()).files).toEqual(['event-new.1-7.jpg']);
  });

  it('counts what it deleted though it could not go on, and says why', async () => {
    for (let number = 0; number < 150; number += 1) await keep(`event-${String(number)}`, 20);
    const pictures = new EventPictures(join(folder, 'events'));
    let removed = 0;
    const kept = new EventRetention({
      events: new SqliteKeptEventsRepository(database),
      pictures: {
        files: () => pictures.files(),
        removeFile: (file) => {
          removed += 1;
          return removed > 120
            ? Promise.reject(new Error('a bad disk'))
            : pictures.removeFile(file);
        },
      },
      rules: { days: 14, diskBytes: 1e9 },
      clock,
    });
    await expect(kept.run()).rejects.toThrow('a bad disk');
    const { last, next } = await kept.read(null);
    expect(last).toMatchObject({
      amounts: { age: 100 },
      trouble: expect.stringContaining('bad disk') as string,
    });
    expect(next.amounts.age).toBe(50);
    removed = 0;
    await kept.run();
    expect((await left()).rows).toEqual([]);
  });

  it('has nothing to do where no event ever was', async () => {
    await rm(join(folder, 'events'), { recursive: true });
    const kept = retention();
    await kept.run();
    expect((await kept.read(null)).usedBytes).toBe(0);
  });
});
