import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CreatedWebhook,
  type Delivery,
  type Detection,
  type Frame,
  type PresenceEvent,
  type Webhook,
  WEBHOOK_TYPES,
} from '@lookout/contracts';
import { untilLive } from '../house/clip-camera.ts';
import { House } from '../house/house.ts';
import { ScriptedDetector } from '../house/scripted-detector.ts';
import { databaseBytes } from '../measure/database-bytes.ts';
import { type Deliveries, judgeDeliveries, tableOf } from './deliveries/judge.ts';
import { balance } from './deliveries/ledger.ts';
import { FickleReceiver } from './deliveries/receiver.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';

const CAMERAS = 8;
const LOOKS_PER_SECOND = 2;
/** A person comes so often, and stays for half of the time. */
const COMES_EVERY_MS = 10_000;
const END_AFTER_MS = 1000;
const TELL_MS = 20_000;
/** What fails three times in a row, right before the receiver fails no more, waits for two minutes. */
const LONGEST_DRAIN_MS = 200_000;
const LOOK_MS = 500;

/** Whether webhooks lose, double or mix up what they tell a receiver that fails at random. */
export const deliveries: Scenario = {
  name: 'deliveries',
  about: 'webhooks to a receiver that fails at random, while Redis and the api die (--minutes)',
  notQuick: 'tries are seconds and minutes apart',
  endsEarly: true,
  async play(stage: Stage): Promise<Outcome> {
    const house = await House.open(stage.root, stage.clip);
    const receiver = await FickleReceiver.start();
    try {
      const found = await observe(stage, house, receiver);
      return { table: tableOf(found), findings: judgeDeliveries(found), measured: found };
    } finally {
      await receiver.stop();
      await house.close();
    }
  },
};

async function observe(stage: Stage, house: House, receiver: FickleReceiver): Promise<Deliveries> {
  const cameraIds = await addCameras(house);
  const before = databaseBytes(house.databaseFile);
  const wish = { url: receiver.url, types: [...WEBHOOK_TYPES] };
  const { id, secret } = (await house.client.call('POST', '/webhooks', wish)) as CreatedWebhook;
  receiver.expect(secret);
  let isOver = false;
  const detector = new ScriptedDetector(house.redisUrl, cameraIds, {
    see: (frame) => (isOver ? [] : whoIsThere(frame, cameraIds)),
  });
  try {
    const start = performance.now();
    await happen(stage, house, receiver);
    isOver = true;
    const minutes = (performance.now() - start) / 60_000;
    receiver.isFickle = false;
    const drainSeconds = await drain(house, id);
    const sent = (await house.client.all(`/webhooks/${id}/deliveries`)) as Delivery[];
    const events = (await house.client.all('/events')) as PresenceEvent[];
    return {
      ...balance(events, sent.toReversed(), receiver.taken),
      ...{ minutes, drainSeconds, requests: receiver.requests, forged: receiver.forged },
      databaseBytes: databaseBytes(house.databaseFile) - before,
    };
  } finally {
    await detector.stop();
  }
}

/** Redis is killed after a third of the time, and an empty one comes; the api after two thirds. */
async function happen(stage: Stage, house: House, receiver: FickleReceiver): Promise<void> {
  const duration = stage.wish.minutes * 60_000;
  const start = performance.now();
  const faults = [
    {
      at: duration / 3,
      name: 'Redis is killed, and an empty one comes',
      strike: () => house.restartRedis(),
    },
    { at: (2 * duration) / 3, name: 'the api is killed', strike: () => house.restartApi() },
  ];
  let toldAt = 0;
  while (performance.now() - start < duration && !stage.enough.aborted) {
    const elapsed = performance.now() - start;
    const [fault] = faults;
    if (fault !== undefined && elapsed >= fault.at) {
      faults.shift();
      stage.say(fault.name);
      await fault.strike();
    }
    if (elapsed - toldAt >= TELL_MS) {
      toldAt = elapsed;
      const minutes = `${(elapsed / 60_000).toFixed(1)} of ${String(stage.wish.minutes)} min`;
      stage.say(`${minutes}: ${String(receiver.taken.length)} messages taken`);
    }
    await sleep(LOOK_MS, undefined, { signal: stage.enough }).catch(() => undefined);
  }
}

/** @returns after how many seconds nothing waited any more; NaN when something does for too long */
async function drain(house: House, webhookId: string): Promise<number> {
  const start = performance.now();
  // What is there ends first, which makes more messages.
  await sleep(END_AFTER_MS * 3);
  while (performance.now() - start < LONGEST_DRAIN_MS) {
    const [webhook] = (await house.client.call('GET', '/webhooks')) as Webhook[];
    if (webhook?.id === webhookId && webhook.waiting === 0)
      return (performance.now() - start) / 1000;
    await sleep(LOOK_MS);
  }
  return NaN;
}

async function addCameras(house: House): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= CAMERAS; number += 1) {
    const { id } = await house.client.addCamera({
      name: `Door ${String(number)}`,
      source: { type: 'test' },
      ...{ captureFps: LOOKS_PER_SECOND, liveFps: 1, detectFps: LOOKS_PER_SECOND },
      detection: {
        enabled: true,
        events: { minHits: 1, window: 1, endAfterMs: END_AFTER_MS },
      },
    });
    ids.push(id);
  }
  await untilLive(house, ids);
  return ids;
}

function whoIsThere({ cameraId, capturedAt }: Frame, cameraIds: readonly string[]): Detection[] {
  const shift = (cameraIds.indexOf(cameraId) / cameraIds.length) * COMES_EVERY_MS;
  const isThere = (capturedAt + shift) % COMES_EVERY_MS < COMES_EVERY_MS / 2;
  const box = { x: 0.4, y: 0.3, width: 0.2, height: 0.5 };
  return isThere ? [{ classId: 0, label: 'person', confidence: 0.9, box }] : [];
}
