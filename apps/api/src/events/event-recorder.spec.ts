import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DetectionResult, EventNotice, Frame } from '@lookout/contracts';
import { type FeedItem, MemoryDetectionFeed } from '@lookout/detection-feed';
import { ManualClock } from '@lookout/timing';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FreshnessVerdict } from '../detections/freshness.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { SqliteEventsRepository } from '../database/sqlite-events.repository.ts';
import { sampleCamera, sampleFrame, sampleResult } from '../status/samples.ts';
import { CameraMeasures } from '../status/camera-measures.ts';
import { WatchedCamera } from '../status/watched-camera.ts';
import type { DiskRoom } from './disk-room.ts';
import { EventPictures } from './event-pictures.ts';
import { EventRecorder } from './event-recorder.ts';
import type { EventsRepository, Progress } from './events.repository.ts';

const PERIOD_MS = 200;

let folder: string;
let database: Database;
let clock: ManualClock;
let feed: MemoryDetectionFeed;
let room: DiskRoom;
let recorder: EventRecorder;
let repository: SqliteEventsRepository;
let hold: (result: DetectionResult, frame: Frame | null) => void;
let verdict: FreshnessVerdict;
let failing: Error | null;
let cameras: Map<string, ReturnType<typeof sampleCamera>>;
let told: string[];
let sequence: number;

beforeEach(async () => {
  Logger.overrideLogger(false);
  folder = await mkdtemp(join(tmpdir(), 'lookout-events-'));
  database = await openDatabase(join(folder, 'lookout.db'));
  repository = new SqliteEventsRepository(database);
  clock = new ManualClock();
  feed = new MemoryDetectionFeed();
  cameras = new Map([['gate', sampleCamera()]]);
  verdict = { freshness: 'fresh', reason: null };
  failing = null;
  room = { bytes: 1e12, freeBytes: 1e11 };
  told = [];
  sequence = 0;
  recorder = await start();
});

afterEach(async () => {
  await recorder.onModuleDestroy();
  await database.destroy();
  await rm(folder, { recursive: true });
});

async function start(): Promise<EventRecorder> {
  const started = new EventRecorder({
    fanOut: { listen: () => () => undefined },
    watch: { get: watched },
    board: {
      freshness: () => verdict,
      onDetected: (listener) => {
        hold = listener;
      },
    },
    pictures: new EventPictures(join(folder, 'events'), () => Promise.resolve(room)),
    repository: {
      ...bound(repository),
      keep: (progress: Progress) =>
        failing === null ? repository.keep(progress) : Promise.reject(failing),
      delete: (id: string) => (failing === null ? repository.delete(id) : Promise.reject(failing)),
    },
    feed,
    clock,
  });
  started.onTurn((notice: EventNotice, kind) => {
    told.push(`${notice.label} ${kind}`);
  });
  started.camerasKnown();
  await started.settled();
  return started;
}

function watched(id: string): WatchedCamera | undefined {
  const camera = cameras.get(id);
  const capture = { state: 'live', since: 0, reason: null } as const;
  return camera && new WatchedCamera(camera, capture, new CameraMeasures(clock));
}

function bound(events: EventsRepository): EventsRepository {
  return {
    memories: () => events.memories(),
    keep: (progress) => events.keep(progress),
    list: (query) => events.list(query),
    find: (id) => events.find(id),
    delete: (id) => events.delete(id),
  };
}

/** Lets what was set going come to its end: the database and files answer in their own time. */
async function settle(ms = 0): Promise<void> {
  await clock.advanceAsync(ms);
  await recorder.settled();
}

/** The next frame is looked at. @param lateMs - how old it is when the result comes */
async function look(confidence: number | null, lateMs = 0): Promise<void> {
  const capturedAt = clock.now() - lateMs;
  const frame = { ...sampleFrame(clock, sequence++), capturedAt };
  const box = { x: 0.1, y: 0.1, width: 0.5, height: 0.5 };
  const detections = confidence === null ? [] : [{ classId: 0, label: 'person', confidence, box }];
  const result = { ...sampleResult(frame), capturedAt, completedAt: clock.now(), detections };
  hold(result, frame);
  await feed.publish({ kind: 'result', result, ages: {} });
  await settle(PERIOD_MS);
}

async function events() {
  return repository.list({ cameraIds: null, limit: 100 });
}

/** What somebody gets who asks for the picture of the newest event. */
async function picture() {
  const [event] = await events();
  const pictures = new EventPictures(join(folder, 'events'));
  return pictures.read(event?.id ?? '', event?.snapshot?.frame ?? null);
}

describe('the recorder', () => {
  it('leaves pictures out while the disk has no room for them, says so, and notices when it has', async () => {
    room = { bytes: 1e12, freeBytes: 1e6 };
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    expect(told).toEqual(['person started']);
    expect(await events()).toMatchObject([{ results: 3, snapshot: null }]);
    expect(recorder.trouble).toContain('Pictures of events cannot be written: 1.0 MB are free');
    await settle(5000);
    expect(recorder.trouble).not.toBeNull();
    room = { bytes: 1e12, freeBytes: 1e11 };
    await settle(5000);
    await expect.poll(() => recorder.trouble).toBeNull();
  });

  it('keeps an event with the picture of its surest look, and tells of it', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    expect(told).toEqual(['person started']);
    const [event] = await events();
    expect(event).toMatchObject({
      ...{ cameraId: 'gate', label: 'person', state: 'active', results: 3 },
      best: { sequence: 1, confidence: 0.9 },
      snapshot: { confidence: 0.9, detections: [{ label: 'person', confidence: 0.9 }] },
    });
    expect(await picture()).toEqual(sampleFrame(clock, 1).jpeg);
    await look(0.95);
    await settle(1000);
    expect((await events())[0]).toMatchObject({ results: 4, snapshot: { confidence: 0.95 } });
    expect(await picture()).toEqual(sampleFrame(clock, 3).jpeg);
    expect(await readdir(join(folder, 'events'))).toHaveLength(1);
  });

  it('has the picture of a later look when that of the surest was lost, until there is a surer one', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) {
      hold = () => undefined;
      await look(confidence);
    }
    expect(await events()).toMatchObject([{ snapshot: null }]);
    await recorder.onModuleDestroy();
    recorder = await start();
    await look(0.7);
    await settle(1000);
    await look(0.8);
    await settle(1000);
    // The first that could be had is good enough, until one is surer than all.
    expect(await events()).toMatchObject([
      { best: { confidence: 0.9 }, snapshot: { confidence: 0.7 } },
    ]);
    await look(0.95);
    await settle(1000);
    expect(await events()).toMatchObject([{ results: 6, snapshot: { confidence: 0.95 } }]);
    expect(await picture()).not.toBeNull();
  });

  it('has the picture that its row tells of, though the row cannot be written at first', async () => {
    failing = new Error('disk full');
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    failing = null;
    await settle(1100);
    expect(await events()).toMatchObject([{ snapshot: { confidence: 0.9 } }]);
    failing = new Error('disk full');
    for (const confidence of [0.95, 0.97]) {
      await look(confidence);
      await settle(1100);
    }
    // As it is found when the process is killed now.
    expect(await events()).toMatchObject([{ snapshot: { confidence: 0.9 } }]);
    expect(await picture()).toEqual(sampleFrame(clock, 1).jpeg);
    failing = null;
    await settle(1100);
    expect(await events()).toMatchObject([{ snapshot: { confidence: 0.97 } }]);
    expect(await picture()).toEqual(sampleFrame(clock, 4).jpeg);
    expect(await readdir(join(folder, 'events'))).toHaveLength(1);
  });

  it('ends it when it has gone, and tells of it', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    for (let absent = 0; absent < 25; absent += 1) await look(null);
    expect(told).toEqual(['person started', 'person ended']);
    expect(await events()).toMatchObject([{ state: 'ended', results: 3 }]);
  });

  it('goes on after a restart, with what was not acknowledged', async () => {
    for (const confidence of [0.5, 0.9]) await look(confidence);
    await recorder.onModuleDestroy();
    await look(0.6);
    recorder = await start();
    await settle(1000);
    expect(await events()).toMatchObject([{ state: 'active', results: 3 }]);
  });

  it('is uncertain while detections are not fresh, and says why', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    verdict = { freshness: 'unknown', reason: 'No worker is running.' };
    await settle(1100);
    expect(await events()).toMatchObject([
      { state: 'uncertain', gaps: [{ to: null, reason: 'No worker is running.' }] },
    ]);
    verdict = { freshness: 'fresh', reason: null };
    await look(0.7);
    expect(told).toEqual(['person started', 'person uncertain', 'person resumed']);
  });

  it('writes a lost Redis into the events as a gap', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    feed.setAway(true);
    await settle(3000);
    feed.setAway(false);
    await look(0.7);
    const [event] = await events();
    expect(event).toMatchObject({ state: 'active', gaps: [{ reason: 'Redis does not answer.' }] });
    expect((event?.gaps[0]?.to ?? 0) - (event?.gaps[0]?.from ?? 0)).toBeGreaterThan(3000);
  });

  it('loses nothing while the database cannot be written, and says so', async () => {
    failing = new Error('disk full');
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    expect(recorder.trouble).toBe('Events cannot be kept: disk full');
    expect(told).toEqual([]);
    failing = null;
    await settle(1100);
    expect(told).toEqual(['person started']);
    expect(recorder.trouble).toBeNull();
    expect(await events()).toMatchObject([{ results: 3 }]);
  });

  it('leaves nothing with the feed of what it shed while the database cannot be written', async () => {
    failing = new Error('disk full');
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    const result = sampleResult(sampleFrame(clock, 0));
    for (let more = 0; more < 11_000; more += 1) {
      await feed.publish({ kind: 'result', result: { ...result, cameraId: 'other' }, ages: {} });
    }
    await settle(1100);
    const left: FeedItem[] = [];
    await feed.join('events', {
      items: (items) => left.push(...items),
      state: () => undefined,
      forgotten: () => undefined,
    });
    expect(left).toHaveLength(10_000);
  });

  it('ends the events of a camera that is removed, now or while nobody was there', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    await recorder.onModuleDestroy();
    cameras.clear();
    recorder = await start();
    expect(await events()).toMatchObject([{ state: 'ended' }]);
    expect(await repository.memories()).toEqual(new Map());
  });

  it('has the picture of its surest look when its camera is deleted right after', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    await look(0.95);
    recorder.cameraRemoved('gate');
    await settle();
    expect(await events()).toMatchObject([{ state: 'ended', snapshot: { confidence: 0.95 } }]);
  });

  it('ends what was open by its row alone, for its end was shed', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    const [event] = await events();
    const { startedAt, ...rest } = event ?? expect.fail('no event');
    const lastSeenAt = startedAt + 100;
    const row = { ...rest, id: 'shed', startedAt, lastSeenAt, snapshot: null };
    const open = () => repository.keep({ memories: new Map(), events: [row], turns: [] });
    const shed = async () => (await events()).find(({ id }) => id === 'shed');
    await open();
    // Now, and when the api begins anew.
    failing = new Error('disk full');
    await look(0.7);
    await settle(1100);
    expect(recorder.trouble).toContain('disk full');
    expect(await shed()).toMatchObject({ state: 'active' });
    failing = null;
    await settle(1100);
    const ended = { state: 'ended', endedAt: lastSeenAt };
    expect(await shed()).toMatchObject(ended);
    expect(told).toEqual(['person started', 'person ended']);
    await open();
    await recorder.onModuleDestroy();
    recorder = await start();
    expect(await shed()).toMatchObject(ended);
    expect((await events()).filter(({ state }) => state === 'active')).toHaveLength(1);
  });

  it('forgets a deleted event, which begins anew only with new looks', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    const [event] = await events();
    expect(await recorder.delete('gate', event?.id ?? '')).toBe(true);
    expect(told).toEqual(['person started', 'person ended']);
    await look(0.8);
    expect(await events()).toEqual([]);
    for (const confidence of [0.5, 0.9]) await look(confidence);
    expect(await events()).toMatchObject([{ results: 3 }]);
  });

  it('deletes no event while its end cannot be written, which would bring it back', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    const [event] = await events();
    failing = new Error('disk full');
    const deleted = () => recorder.delete('gate', event?.id ?? '');
    await expect(deleted()).rejects.toThrow('Events cannot be kept: disk full');
    failing = null;
    await look(0.7);
    await settle(1000);
    expect(told).toEqual(['person started']);
    expect(await events()).toMatchObject([{ id: event?.id, state: 'active', results: 4 }]);
    expect(await deleted()).toBe(true);
    await settle(2000);
    expect(await events()).toEqual([]);
  });

  it('makes an event of results that are far apart, with the time between them as gaps', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) {
      await look(confidence);
      await settle(9_000);
    }
    expect(told).toEqual(['person started']);
    const [event] = await events();
    expect(event).toMatchObject({ results: 3, best: { confidence: 0.9 } });
    expect(event?.gaps.map(({ from, to }) => (to ?? 0) - from)).toEqual([9200, 9200]);
  });

  it('neither prolongs nor ends an event by results that were stale when they came', async () => {
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    const [before] = await events();
    for (let turn = 0; turn < 40; turn += 1) await look(turn < 20 ? 0.95 : null, 3000);
    expect(told).toEqual(['person started', 'person uncertain']);
    const [during] = await events();
    expect(during).toMatchObject({
      state: 'uncertain',
      results: 3,
      lastSeenAt: before?.lastSeenAt,
    });
    await look(null);
    expect(told.at(-1)).toBe('person resumed');
    await settle(2000);
  });

  it('makes no events of labels that are not wanted', async () => {
    const camera = sampleCamera();
    const unwanted = { ...camera.detection.events, labels: ['car'] };
    cameras.set('gate', { ...camera, detection: { ...camera.detection, events: unwanted } });
    for (const confidence of [0.5, 0.9, 0.6]) await look(confidence);
    expect(await events()).toEqual([]);
  });
});
