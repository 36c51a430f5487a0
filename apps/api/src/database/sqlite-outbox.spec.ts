import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webhookMessageSchema } from '@lookout/contracts';
import { ManualClock } from '@lookout/timing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CameraTurn } from '../events/events.repository.ts';
import { Keyring } from '../secrets/keyring.ts';
import { WebhookVault } from '../secrets/webhook-vault.ts';
import type { StoredWebhook } from '../webhooks/webhooks.repository.ts';
import { explainDatabase } from './explained-database.ts';
import { type Database, openDatabase } from './open-database.ts';
import { SqliteEventsRepository } from './sqlite-events.repository.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteWebhooksRepository } from './sqlite-webhooks.repository.ts';

const DAY_MS = 24 * 3_600_000;

let folder: string;
let vault: WebhookVault;
let clock: ManualClock;
let database: Database;
let events: SqliteEventsRepository;
let outbox: SqliteOutbox;
let webhooks: SqliteWebhooksRepository;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookout-outbox-'));
  database = await openDatabase(join(folder, 'lookout.db'));
  vault = new WebhookVault(new Keyring(join(folder, 'secrets.key')));
  clock = new ManualClock();
  events = new SqliteEventsRepository(database, clock);
  outbox = new SqliteOutbox(database, vault, clock);
  webhooks = new SqliteWebhooksRepository(database, vault);
  return async () => {
    await database.destroy();
    await rm(folder, { recursive: true, force: true });
  };
});

async function add(id: string, changes: Partial<StoredWebhook> = {}): Promise<StoredWebhook> {
  const webhook: StoredWebhook = {
    ...{ id, url: 'http://127.0.0.1/', types: ['event.started', 'event.ended'], enabled: true },
    ...{ cameraIds: null, labels: null, disabledReason: null, secrets: [] },
    ...{ createdAt: clock.now(), updatedAt: clock.now(), ...changes },
  };
  await webhooks.insert(webhook);
  return webhook;
}

function turn(id: string, kind: CameraTurn['kind'], cameraId = 'gate', label = 'person') {
  const at = clock.now();
  const ended = kind === 'ended';
  return {
    cameraId,
    kind,
    stay: {
      ...{ id, label, state: ended ? ('ended' as const) : ('active' as const) },
      ...{ startedAt: at, lastSeenAt: at, endedAt: ended ? at : null, maxCount: 1, results: 3 },
      ...{ best: { epoch: 1, sequence: 1, at, confidence: 0.9 }, gaps: [] },
    },
  };
}

function keep(...turns: CameraTurn[]): Promise<void> {
  const kept = turns.map(({ cameraId, stay }) => ({ cameraId, ...stay, snapshot: null }));
  return events.keep({ memories: new Map(), events: kept, turns });
}

async function messages(webhookId: string): Promise<string[]> {
  const found = await outbox.deliveries({ webhookId, limit: 100 });
  return found.map(({ delivery }) => delivery.messageId).toReversed();
}

async function deliver(id: string): Promise<void> {
  const done = { nextAttemptAt: null, answerStatus: 200, answerMs: 1, reason: null };
  await outbox.note(id, { state: 'delivered', at: clock.now(), ...done });
}

describe('the outbox', () => {
  it('has a message with the event that it tells of, or neither', async () => {
    await add('w');
    await keep(turn('event-01', 'started'));
    const set = (types: string) => database.updateTable('webhooks').set({ types }).execute();
    await set('damaged');
    await expect(keep(turn('event-02', 'started'))).rejects.toThrow(/JSON/);
    await set('["event.started"]');
    expect(await events.find('event-02')).toBeUndefined();
    expect(await messages('w')).toEqual(['msg_event-01_started']);
    await keep(turn('event-02', 'started'));
    expect(await messages('w')).toEqual(['msg_event-01_started', 'msg_event-02_started']);
  });

  it('tells the same turn once, though it is kept twice', async () => {
    await add('w');
    await keep(turn('event-01', 'started'));
    await keep(turn('event-01', 'started'), turn('event-01', 'ended'));
    expect(await messages('w')).toEqual(['msg_event-01_started', 'msg_event-01_ended']);
  });

  it('stamps messages with the moment of their telling, so that no line runs backwards', async () => {
    await add('w', { types: ['event.started', 'detection.freshness'] });
    const began = turn('event-01', 'started');
    clock.advance(1000);
    const data = { cameraId: 'gate', freshness: 'fresh', reason: null } as const;
    const told = { type: 'detection.freshness', data } as const;
    await outbox.tellStates([{ cameraId: 'gate', at: clock.now(), told }]);
    await keep(began);
    const stamps: number[] = [];
    while (stamps.length < 2) {
      const [head] = await outbox.heads();
      const parcel = await outbox.parcel(head?.id ?? '');
      const { timestamp } = webhookMessageSchema.parse(JSON.parse(parcel?.body ?? ''));
      stamps.push(Date.parse(timestamp));
      await deliver(head?.id ?? '');
    }
    expect(began.stay.startedAt).toBeLessThan(clock.now());
    expect(stamps).toEqual([clock.now(), clock.now()]);
  });

  it('has for each webhook what it wants to hear of', async () => {
    await add('all');
    await add('ends', { types: ['event.ended'] });
    await add('door', { cameraIds: ['door'] });
    await add('cars', { labels: ['car'] });
    await add('disabled', { enabled: false });
    await keep(turn('event-01', 'started'), turn('event-02', 'started', 'door', 'car'));
    await keep(turn('event-01', 'uncertain'), turn('event-01', 'ended'));
    const [one, two, end] = ['msg_event-01_started', 'msg_event-02_started', 'msg_event-01_ended'];
    expect(await messages('all')).toEqual([one, two, end]);
    expect(await messages('ends')).toEqual([end]);
    expect(await messages('door')).toEqual([two]);
    expect(await messages('cars')).toEqual([two]);
    expect(await messages('disabled')).toEqual([]);
    const at = clock.now();
    const data = { cameraId: 'gate', state: 'live', reason: null } as const;
    await outbox.tellStates([{ cameraId: 'gate', at, told: { type: 'camera.state', data } }]);
    expect(await messages('all')).toHaveLength(3);
  });

  it('gives out only the first of a line, of an enabled webhook', async () => {
    const webhook = await add('w');
    await keep(turn('event-01', 'started'), turn('event-02', 'started', 'door'));
    await keep(turn('event-01', 'ended'));
    const all = (await outbox.deliveries({ webhookId: 'w', limit: 9 })).toReversed();
    const [first = '', other = '', later = ''] = all.map(({ delivery }) => delivery.id);
    const heads = async () => (await outbox.heads()).map(({ id }) => id).toSorted();
    expect(await heads()).toEqual([first, other].toSorted());
    expect(await outbox.parcel(first)).toMatchObject({ messageId: 'msg_event-01_started' });
    expect(await outbox.parcel(later)).toBeNull();
    // Whoever wants the later one at once wants the first one first.
    expect(await outbox.hasten(later, 7)).toBe(first);
    expect(await outbox.heads()).toContainEqual(
      expect.objectContaining({ id: first, nextAttemptAt: 7 }),
    );
    await deliver(first);
    expect(await outbox.hasten(first, 8)).toBeNull();
    expect(await heads()).toEqual([other, later].toSorted());
    expect(await outbox.parcel(first)).toBeNull();
    await webhooks.update({ ...webhook, enabled: false });
    expect(await heads()).toEqual([]);
    expect(await outbox.parcel(later)).toBeNull();
    expect((await webhooks.waiting()).get('w')).toMatchObject({ count: 2 });
  });

  it('forgets what is done and old, and keeps what waits however old it is', async () => {
    await add('w');
    await keep(turn('event-01', 'started'), turn('event-02', 'started', 'door'));
    const [, done] = await outbox.deliveries({ webhookId: 'w', limit: 9 });
    await deliver(done?.delivery.id ?? '');
    await outbox.forgetBefore(clock.now());
    expect(await messages('w')).toHaveLength(2);
    clock.advance(DAY_MS);
    await outbox.forgetBefore(clock.now());
    expect(await messages('w')).toEqual(['msg_event-02_started']);
    const left = () => database.selectFrom('webhookMessages').select('id').execute();
    expect(await left()).toEqual([{ id: 'msg_event-02_started' }]);
    expect(await webhooks.delete('w')).toBe(true);
    await outbox.forgetBefore(clock.now());
    expect(await left()).toEqual([]);
  });

  it('forgets in pieces, between which others have their turn', async () => {
    await add('w');
    const ids = Array.from({ length: 1200 }, (_, number) => `event-${String(number)}`);
    await keep(...ids.map((id) => turn(id, 'started')));
    await database.updateTable('webhookDeliveries').set({ state: 'delivered' }).execute();
    clock.advance(DAY_MS);
    let turns = 0;
    const count = () => {
      turns += 1;
      immediate = setImmediate(count);
    };
    let immediate = setImmediate(count);
    await outbox.forgetBefore(clock.now());
    clearImmediate(immediate);
    expect(turns).toBeGreaterThanOrEqual(6);
    expect(await database.selectFrom('webhookMessages').select('id').execute()).toEqual([]);
  });

  it('forgets, and counts what waits, without reading what is none of that', async () => {
    await add('w');
    await keep(turn('event-01', 'started'));
    const explained = explainDatabase(join(folder, 'lookout.db'));
    await new SqliteOutbox(explained.database, vault, clock).forgetBefore(clock.now());
    await new SqliteWebhooksRepository(explained.database, vault).waiting();
    await explained.database.destroy();
    const [done, messages, forgotten, , counted, tried] = explained.searches.map(String);
    expect(done).toContain('USING INDEX doneDeliveries (createdAt<?)');
    expect(messages).toContain('(id>?)');
    expect(forgotten).toContain('(id>? AND id<?)');
    expect(counted).toContain('USING COVERING INDEX waitingDeliveries');
    expect(tried).toContain('USING INDEX triedDeliveries (webhookId=? AND lastAttemptAt>?)');
  });

  it('finds what failed without reading what did not', async () => {
    const explained = explainDatabase(join(folder, 'lookout.db'));
    const there = new SqliteOutbox(explained.database, vault, clock);
    await there.deliveries({ webhookId: 'w', state: 'failed', before: 9, limit: 5 });
    await explained.database.destroy();
    expect(String(explained.searches[0])).toContain(
      'USING INDEX failedDeliveries (webhookId=? AND sequence<?)',
    );
  });

  it('gives up with the first of a line what is as old, and nothing of another', async () => {
    await add('w');
    await keep(turn('event-01', 'started'), turn('event-02', 'started', 'door'));
    await keep(turn('event-03', 'started'), turn('event-04', 'started'));
    clock.advance(DAY_MS);
    await keep(turn('event-05', 'started'));
    const found = await outbox.deliveries({ webhookId: 'w', limit: 9 });
    const first = found.at(-1)?.delivery.id ?? '';
    const done = { nextAttemptAt: null, answerStatus: 500, answerMs: 1, reason: 'It answered 500' };
    const failBefore = clock.now() - 1;
    await outbox.note(first, { state: 'failed', at: clock.now(), ...done, failBefore });
    const left = (await outbox.deliveries({ webhookId: 'w', limit: 9 })).toReversed();
    const reason = 'Given up with the one before it in its line';
    expect(left.map(({ delivery }) => delivery)).toMatchObject([
      { state: 'failed', attempts: 1, reason: 'It answered 500' },
      { state: 'waiting', messageId: 'msg_event-02_started' },
      { state: 'failed', attempts: 0, reason, nextAttemptAt: null },
      { state: 'failed', attempts: 0, reason, nextAttemptAt: null },
      { state: 'waiting', messageId: 'msg_event-05_started' },
    ]);
  });

  it('says of what waits what came of the last try', async () => {
    await add('w');
    await keep(turn('event-01', 'started'), turn('event-02', 'started', 'door'));
    expect((await webhooks.waiting()).get('w')).toEqual({ count: 2, trouble: null });
    for (const { id } of await outbox.heads()) {
      clock.advance(1000);
      const reason = `no answer at ${String(clock.monotonic())}`;
      const failed = { answerStatus: null, answerMs: 1, nextAttemptAt: clock.now(), reason };
      await outbox.note(id, { state: 'waiting', at: clock.now(), ...failed });
    }
    const trouble = 'no answer at 2000';
    expect((await webhooks.waiting()).get('w')).toEqual({ count: 2, trouble });
  });
});
