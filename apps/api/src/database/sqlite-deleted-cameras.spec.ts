import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@lookout/timing';
import { beforeEach, describe, expect, it } from 'vitest';
import { Keyring } from '../secrets/keyring.ts';
import { SourceVault } from '../secrets/source-vault.ts';
import { WebhookVault } from '../secrets/webhook-vault.ts';
import { sampleCamera } from '../status/samples.ts';
import { type Database, openDatabase } from './open-database.ts';
import { SqliteCamerasRepository } from './sqlite-cameras.repository.ts';
import { SqliteDeletedCameras } from './sqlite-deleted-cameras.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteWebhooksRepository } from './sqlite-webhooks.repository.ts';

let clock: ManualClock;
let database: Database;
let cameras: SqliteCamerasRepository;
let webhooks: SqliteWebhooksRepository;
let outbox: SqliteOutbox;
let deleted: SqliteDeletedCameras;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-deleted-'));
  const keys = new Keyring(join(folder, 'secrets.key'));
  clock = new ManualClock();
  database = await openDatabase(join(folder, 'lookout.db'));
  cameras = new SqliteCamerasRepository(database, new SourceVault(keys));
  webhooks = new SqliteWebhooksRepository(database, new WebhookVault(keys));
  outbox = new SqliteOutbox(database, new WebhookVault(keys), clock);
  deleted = new SqliteDeletedCameras(database);
  for (const id of ['gate', 'yard']) await cameras.insert(sampleCamera({ id }));
  await add('all', null);
  await add('both', ['gate', 'yard']);
  await add('one', ['gate']);
  return async () => {
    await database.destroy();
    await rm(folder, { recursive: true, force: true });
  };
});

function add(id: string, cameraIds: string[] | null): Promise<void> {
  return webhooks.insert({
    ...{ id, url: 'http://127.0.0.1/', cameraIds, labels: null, enabled: true },
    ...{ types: ['camera.state'], disabledReason: null, secrets: [], createdAt: 0, updatedAt: 0 },
  });
}

async function listed(): Promise<Record<string, unknown>> {
  const all = await webhooks.list();
  return Object.fromEntries(
    all.map(({ id, cameraIds, enabled, disabledReason }) => [
      id,
      enabled && disabledReason === null ? cameraIds : [cameraIds, enabled, disabledReason],
    ]),
  );
}

const BEFORE = { all: null, both: ['gate', 'yard'], one: ['gate'] };
const AFTER = {
  all: null,
  both: ['yard'],
  one: [[], false, 'Its only camera, "gate", was deleted: name others.'],
};

describe('a camera that was deleted', () => {
  it('leaves the lists of webhooks, and none becomes one for all cameras', async () => {
    await deleted.takeOut(clock.now());
    expect(await listed()).toEqual(BEFORE);
    await cameras.delete('gate');
    await deleted.takeOut(clock.now());
    expect(await listed()).toEqual(AFTER);
  });

  it('stays in them until they were told its last, but for a minute at most', async () => {
    const data = { cameraId: 'gate', state: 'live', reason: null } as const;
    await outbox.tellStates([{ cameraId: 'gate', at: 0, told: { type: 'camera.state', data } }]);
    await cameras.delete('gate');
    expect(await deleted.untold()).toEqual(['gate']);
    await deleted.takeOut(clock.now());
    expect(await listed()).toEqual(BEFORE);
    await outbox.forgetStates('gate');
    expect(await deleted.untold()).toEqual([]);
    await deleted.takeOut(clock.now());
    expect(await listed()).toEqual(BEFORE);
    clock.advance(60_000);
    await deleted.takeOut(clock.now());
    expect(await listed()).toEqual(AFTER);
  });

  it('leaves at once when another comes under its id', async () => {
    await cameras.delete('gate');
    await cameras.insert(sampleCamera({ id: 'gate' }));
    expect(await listed()).toEqual(AFTER);
  });
});
