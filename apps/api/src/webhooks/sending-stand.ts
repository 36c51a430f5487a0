import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@lookout/config';
import { hostClock } from '@lookout/host';
import { openDatabase } from '../database/open-database.ts';
import { SqliteEventsRepository } from '../database/sqlite-events.repository.ts';
import { SqliteOutbox } from '../database/sqlite-outbox.ts';
import { SqliteWebhooksRepository } from '../database/sqlite-webhooks.repository.ts';
import { JobQueues } from '../jobs/job-queues.ts';
import { Keyring } from '../secrets/keyring.ts';
import { WebhookVault } from '../secrets/webhook-vault.ts';
import { AddressRules } from '../sources/address-rules.ts';
import { guardedLookup } from '../sources/guarded-lookup.ts';
import { HostNames } from '../sources/host-names.ts';
import { Courier } from './courier.ts';
import { HttpSender } from './http-sender.ts';
import { OutboxFeeder } from './outbox-feeder.ts';
import type { RetryPolicy } from './retry-policy.ts';

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Everything from the outbox to the receivers, with a real Redis and database. */
export interface SendingStand {
  readonly outbox: SqliteOutbox;
  readonly webhooks: SqliteWebhooksRepository;
  readonly feeder: OutboxFeeder;
  /** Makes a webhook of all types. */
  add(id: string, url: string): Promise<void>;
  /** Puts events that begin into the outbox, as the recorder does, in this order. */
  happen(...events: readonly { id: string; cameraId: string }[]): Promise<void>;
  /** Ends all that runs, as the end of the process does, and begins anew on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSending(
  redisUrl: string,
  policy: RetryPolicy,
  names = new HostNames(),
): Promise<SendingStand> {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-webhooks-'));
  const database = await openDatabase(join(folder, 'lookout.db'));
  const vault = new WebhookVault(new Keyring(join(folder, 'secrets.key')));
  const clock = hostClock();
  const outbox = new SqliteOutbox(database, vault, clock);
  const webhooks = new SqliteWebhooksRepository(database, vault);
  const events = new SqliteEventsRepository(database, clock);
  const rules = new AddressRules([]);
  const sender = new HttpSender({ rules, lookup: guardedLookup(rules, names), userAgent: 'Test' });

  const begin = () => {
    const queues = new JobQueues(readConfig({ REDIS_URL: redisUrl }, folder), clock);
    const feeder = new OutboxFeeder({ outbox, queues, policy, clock });
    const courier = new Courier({
      ...{ outbox, queues, feeder, sender, policy, clock },
      chance: () => 0.5,
    });
    courier.start();
    feeder.start();
    const end = () => {
      feeder.stop();
      courier.stop();
      return queues.onApplicationShutdown();
    };
    return { feeder, end };
  };
  let running = begin();

  return {
    outbox,
    webhooks,
    get feeder() {
      return running.feeder;
    },
    add: (id, url) =>
      webhooks.insert({
        ...{ id, url, cameraIds: null, labels: null, enabled: true, disabledReason: null },
        types: ['event.started', 'event.ended', 'camera.state', 'detection.freshness'],
        secrets: [{ secret: SECRET, until: null }],
        ...{ createdAt: clock.now(), updatedAt: clock.now() },
      }),
    happen: async (...happened) => {
      const turns = happened.map(({ id, cameraId }) => ({
        cameraId,
        kind: 'started' as const,
        stay: stay(id, clock.now()),
      }));
      await events.keep({ memories: new Map(), events: [], turns });
      running.feeder.feedSoon();
    },
    restart: async () => {
      await running.end();
      running = begin();
    },
    stop: async () => {
      await running.end();
      await database.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function stay(id: string, at: number) {
  return {
    ...{ id, label: 'person', state: 'active' as const, startedAt: at, lastSeenAt: at },
    ...{ endedAt: null, maxCount: 1, results: 3, gaps: [] },
    best: { epoch: 1, sequence: 1, at, confidence: 0.9 },
  };
}
