import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CameraState, Freshness } from '@lookout/contracts';
import { ManualClock } from '@lookout/timing';
import { beforeEach, describe, expect, it } from 'vitest';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import { openDatabase } from '../database/open-database.ts';
import { SqliteCamerasRepository } from '../database/sqlite-cameras.repository.ts';
import { SqliteDeletedCameras } from '../database/sqlite-deleted-cameras.ts';
import { SqliteOutbox } from '../database/sqlite-outbox.ts';
import { SqliteWebhooksRepository } from '../database/sqlite-webhooks.repository.ts';
import { Keyring } from '../secrets/keyring.ts';
import { SourceVault } from '../secrets/source-vault.ts';
import { WebhookVault } from '../secrets/webhook-vault.ts';
import { CameraMeasures } from '../status/camera-measures.ts';
import { sampleCamera } from '../status/samples.ts';
import { WatchedCamera } from '../status/watched-camera.ts';
import { StateTeller } from './state-teller.ts';

let clock: ManualClock;
let fanOut: FrameFanOut;
let outbox: SqliteOutbox;
let freshness: Freshness;
let fed: number;
let eventsKept: Promise<void>;
let cameras: SqliteCamerasRepository;
let begin: () => StateTeller;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-teller-'));
  const database = await openDatabase(join(folder, 'lookout.db'));
  const keys = new Keyring(join(folder, 'secrets.key'));
  const vault = new WebhookVault(keys);
  clock = new ManualClock();
  fanOut = new FrameFanOut();
  outbox = new SqliteOutbox(database, vault, clock);
  cameras = new SqliteCamerasRepository(database, new SourceVault(keys));
  await cameras.insert(sampleCamera());
  freshness = 'unknown';
  fed = 0;
  eventsKept = Promise.resolve();
  await new SqliteWebhooksRepository(database, vault).insert({
    ...{ id: 'w', url: 'http://127.0.0.1/', cameraIds: null, labels: ['car'], enabled: true },
    ...{ types: ['camera.state', 'detection.freshness'], disabledReason: null, secrets: [] },
    ...{ createdAt: 0, updatedAt: 0 },
  });
  const watched = new WatchedCamera(
    sampleCamera(),
    { state: 'starting', since: 0, reason: null },
    new CameraMeasures(clock),
  );
  begin = () => {
    const teller = new StateTeller({
      ...{ fanOut, outbox, clock },
      deleted: new SqliteDeletedCameras(database),
      watch: { all: () => [watched][Symbol.iterator]() },
      board: { freshness: () => ({ freshness, reason: null }) },
      feeder: { feedSoon: () => (fed += 1) },
      recorder: { settled: () => eventsKept },
    });
    teller.start();
    return teller;
  };
  return async () => {
    await database.destroy();
    await rm(folder, { recursive: true, force: true });
  };
});

/** Takes what waits out of the outbox, as a receiver would get it. */
async function told(): Promise<string[]> {
  const words: string[] = [];
  for (;;) {
    const [head] = await outbox.heads();
    const parcel = head === undefined ? null : await outbox.parcel(head.id);
    if (head === undefined || parcel === null) return words;
    const { data } = JSON.parse(parcel.body) as { data: { state?: string; freshness?: string } };
    words.push(data.state ?? data.freshness ?? '');
    const done = { at: clock.now(), nextAttemptAt: null, answerStatus: 200, answerMs: 1 };
    await outbox.note(head.id, { state: 'delivered', ...done, reason: null });
  }
}

/** Waits for these, however many of them are there at a time: what was seen is taken out. */
async function expectTold(words: string[]): Promise<void> {
  const heard: string[] = [];
  const all = async () => {
    heard.push(...(await told()));
    return heard;
  };
  await expect.poll(all).toEqual(words);
}

function becomes(state: CameraState): void {
  fanOut.captureState('gate', { state, since: clock.now(), reason: null });
}

describe('StateTeller', () => {
  it('tells each change of a camera and of its freshness once, also short ones', async () => {
    begin();
    fanOut.cameraAdded(sampleCamera());
    for (const state of ['starting', 'live', 'stalled', 'reconnecting', 'live', 'live'] as const) {
      becomes(state);
    }
    clock.advance(2000);
    const rows = async () => (await outbox.deliveries({ webhookId: 'w', limit: 100 })).length;
    await expect.poll(rows).toBe(6);
    expect(fed).toBeGreaterThan(0);
    freshness = 'fresh';
    clock.advance(2000);
    await expect.poll(rows).toBe(7);
    expect(await outbox.toldStates()).toEqual(
      new Map([
        ['gate camera.state', 'live'],
        ['gate detection.freshness', 'fresh'],
      ]),
    );
  });

  it('tells after a new beginning what has changed since, and nothing twice', async () => {
    const first = begin();
    becomes('live');
    await expectTold(['live']);
    first.stop();
    begin();
    becomes('live');
    clock.advance(500);
    await expectTold(['unknown']);
    becomes('failed');
    await expectTold(['failed']);
  });

  it('tells of a camera that is deleted that it is not live any more, once', async () => {
    begin();
    becomes('live');
    await expectTold(['live']);
    becomes('stalled');
    await cameras.delete('gate');
    fanOut.cameraRemoved('gate');
    await expectTold(['stalled', 'disabled']);
    await expect.poll(async () => (await outbox.toldStates()).size).toBe(0);
    fanOut.cameraRemoved('gate');
    fanOut.cameraAdded(sampleCamera());
    await expectTold(['starting']);
  });

  it('has the last word of a camera that is deleted after the ends of its events', async () => {
    begin();
    becomes('live');
    await expectTold(['live']);
    const kept = Promise.withResolvers<undefined>();
    eventsKept = kept.promise;
    await cameras.delete('gate');
    fanOut.cameraRemoved('gate');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await told()).toEqual([]);
    kept.resolve(undefined);
    await expectTold(['disabled']);
  });

  it('tells so after a new beginning, when there was no time before', async () => {
    const first = begin();
    becomes('live');
    await expectTold(['live']);
    first.stop();
    await cameras.delete('gate');
    begin();
    clock.advance(500);
    await expectTold(['disabled', 'unknown']);
    expect([...(await outbox.toldStates()).keys()]).toEqual(['gate detection.freshness']);
  });

  it('begins anew with a camera that was deleted', async () => {
    begin();
    becomes('disabled');
    await expectTold(['disabled']);
    fanOut.cameraRemoved('gate');
    await expect.poll(async () => (await outbox.toldStates()).size).toBe(0);
    fanOut.cameraAdded(sampleCamera({ enabled: false }));
    await expectTold(['disabled']);
  });
});
