import { startRedis, type TestRedis } from '@lookout/test-redis';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSigned, type Received, type Receiver, startReceiver } from './receiver-under-test.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { SECRET, type SendingStand, startSending } from './sending-stand.ts';

const patience = { timeout: 60_000, interval: 50 };
const POLICY: RetryPolicy = {
  delaysMs: [100, 200, 400],
  jitter: 0.2,
  giveUpAfterMs: 3_600_000,
  longWaitMs: 60_000,
  // A machine that stands still for seconds makes no second try of a first one.
  timeoutMs: 30_000,
};
const CAMERAS = ['gate', 'door', 'yard'];

let redis: TestRedis;
let stand: SendingStand;
let receiver: Receiver;

beforeEach(async () => {
  redis = await startRedis({ maxMemoryBytes: 64 << 20 });
  stand = await startSending(redis.url, POLICY);
  receiver = await startReceiver();
});

afterEach(async () => {
  await stand.stop();
  await receiver.stop();
  await redis.stop();
});

/** Events of each camera in turn, their ids in order. */
function events(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => ({
    id: `event-${String(from + index).padStart(4, '0')}`,
    cameraId: CAMERAS[(from + index) % CAMERAS.length] ?? '',
  }));
}

/** Ids of the events that were received, each by its first time, of one camera. */
function firstTimes(cameraId: string, from: Receiver = receiver): string[] {
  const ids = from.received.flatMap(({ message }) =>
    message.type === 'event.started' && message.data.cameraId === cameraId ? [message.data.id] : [],
  );
  return [...new Set(ids)];
}

/** Until so many lines wait for their next try, which is minutes away. */
async function expectLongWaits(lines: number): Promise<void> {
  const waits = async () => {
    const heads = await stand.outbox.heads();
    return heads.filter(({ nextAttemptAt }) => nextAttemptAt > Date.now() + 120_000).length;
  };
  await expect.poll(waits, patience).toBe(lines);
}

async function expectAllInOrder(happened: ReturnType<typeof events>): Promise<void> {
  for (const camera of CAMERAS) {
    const ids = happened.filter(({ cameraId }) => cameraId === camera).map(({ id }) => id);
    await expect.poll(() => firstTimes(camera), patience).toEqual(ids);
  }
  await expect.poll(async () => (await stand.webhooks.waiting()).size, patience).toBe(0);
}

describe('sending', () => {
  it('tries again after an answer of 500, with the same id, and keeps the order of a camera', async () => {
    const failed = new Set<string>();
    receiver.react = ({ id }) => {
      if (failed.has(id)) return 204;
      failed.add(id);
      return 500;
    };
    await stand.add('w', receiver.url);
    const happened = events(0, 9);
    await stand.happen(...happened);
    await expectAllInOrder(happened);
    const tries = Map.groupBy(receiver.received, ({ id }) => id);
    expect(tries.size).toBe(9);
    for (const [id, both] of tries) {
      expect(both.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
      expect(both[0]?.body).toBe(both[1]?.body);
      for (const one of both) expect(isSigned(one, SECRET)).toBe(true);
    }
    // Between the two tries of a message no later one of its camera came.
    for (const camera of CAMERAS) {
      const order = receiver.received.flatMap(({ id, message }) =>
        message.type === 'event.started' && message.data.cameraId === camera ? [id] : [],
      );
      expect(order).toEqual(order.toSorted());
    }
    const found = await stand.outbox.deliveries({ webhookId: 'w', limit: 100 });
    for (const { delivery } of found) {
      expect(delivery).toMatchObject({ state: 'delivered', attempts: 2, answerStatus: 204 });
    }
  });

  it('does not keep others waiting for a receiver that never answers', async () => {
    const dead = await startReceiver(() => undefined);
    await stand.add('dead', dead.url);
    await stand.add('w', receiver.url);
    const cameras = Array.from({ length: 40 }, (_, index) => ({
      id: `other-event-${String(index)}`,
      cameraId: `camera-${String(index)}`,
    }));
    await stand.happen(...cameras);
    await expect.poll(() => receiver.received.length, patience).toBe(40);
    // At four in half a minute, the dead one was not even asked for all of them.
    expect(dead.received.length).toBeLessThan(40);
    await dead.stop();
  });

  it('says of a receiver that never answers that it does not', async () => {
    await stand.stop();
    stand = await startSending(redis.url, { ...POLICY, timeoutMs: 500 });
    receiver.react = () => undefined;
    await stand.add('w', receiver.url);
    await stand.happen(...events(0, 1));
    const reason = async () => {
      const [tried] = await stand.outbox.deliveries({ webhookId: 'w', limit: 1 });
      return tried?.delivery.reason;
    };
    await expect.poll(reason, patience).toBe('There was no answer within 0.5 s');
  });

  it('loses nothing when Redis is emptied and killed meanwhile', async () => {
    let count = 0;
    receiver.react = () => ((count += 1) % 3 === 0 ? 503 : 200);
    await stand.add('w', receiver.url);
    const happened = events(0, 60);
    await stand.happen(...happened.slice(0, 20));
    const admin = new Redis(redis.url);
    await admin.flushall();
    admin.disconnect();
    await stand.happen(...happened.slice(20, 40));
    await redis.kill();
    await stand.happen(...happened.slice(40));
    await redis.restart();
    await expectAllInOrder(happened);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(60);
  });

  it('ends an outage for all cameras once one of their messages gets through', async () => {
    await stand.stop();
    stand = await startSending(redis.url, { ...POLICY, delaysMs: [500, 600_000], jitter: 0 });
    const isOf = (camera: string, { message }: Received) =>
      message.type === 'event.started' && message.data.cameraId === camera;
    receiver.react = () => 503;
    await stand.add('w', receiver.url);
    await stand.happen(...events(0, 6));
    // The first of each camera was tried twice, and has ten minutes to wait.
    await expectLongWaits(3);
    expect(receiver.received).toHaveLength(6);
    receiver.react = (received) => (isOf('door', received) ? 503 : 200);
    const found = await stand.outbox.deliveries({ webhookId: 'w', limit: 9 });
    const first = found.findLast(({ delivery }) => delivery.cameraId === 'gate')?.delivery.id ?? '';
    await stand.outbox.hasten(first, Date.now());
    stand.feeder.hasten(first);
    await expect.poll(() => firstTimes('yard').length, patience).toBe(2);
    const doors = () => receiver.received.filter((one) => isOf('door', one)).length;
    await expect.poll(doors, patience).toBe(3);
    // What fails by itself is not tried as often as others get through.
    await stand.happen(...events(6, 12));
    await expect.poll(() => firstTimes('yard').length, patience).toBe(4);
    expect(receiver.received.filter((one) => isOf('door', one))).toHaveLength(3);
  });

  it('tries again what failed when it was woken, with others getting through since', async () => {
    await stand.stop();
    const policy = { ...POLICY, delaysMs: [100, 600_000], longWaitMs: 500 };
    stand = await startSending(redis.url, policy);
    const triesOf = (camera: string) =>
      receiver.received.filter(
        ({ message }) => message.type === 'event.started' && message.data.cameraId === camera,
      );
    receiver.react = ({ message }) =>
      message.type === 'event.started' && message.data.cameraId === 'door' ? 503 : 200;
    await stand.add('w', receiver.url);
    // Before the door's, so that neither gets through between two tries of it.
    await stand.happen(...events(0, 3).filter(({ cameraId }) => cameraId !== 'door'));
    await expect.poll(async () => (await stand.webhooks.waiting()).size, patience).toBe(0);
    await stand.happen(...events(1, 2));
    await expectLongWaits(1);
    expect(triesOf('door')).toHaveLength(2);
    // The door's third try is made because the gate's second message got through.
    await stand.happen(...events(3, 6));
    await expect.poll(() => triesOf('door').length, patience).toBeGreaterThan(2);
    receiver.react = () => 200;
    await stand.happen(...events(6, 9));
    await expectAllInOrder(events(0, 9));
  });

  it('finds what is to be sent at once though the queue was not told', async () => {
    await stand.stop();
    stand = await startSending(redis.url, { ...POLICY, delaysMs: [600_000] });
    receiver.react = () => 503;
    await stand.add('w', receiver.url);
    await stand.happen({ id: 'event-0000', cameraId: 'gate' });
    const due = async () => (await stand.outbox.heads())[0]?.nextAttemptAt ?? 0;
    await expect.poll(async () => (await due()) > Date.now(), patience).toBe(true);
    const [head] = await stand.outbox.heads();
    await stand.outbox.hasten(head?.id ?? '', Date.now());
    await expect.poll(() => receiver.received.length, patience).toBe(2);
  });

  it('does not wait until the clock is as late again as when it was fast', async () => {
    await stand.stop();
    stand = await startSending(redis.url, { ...POLICY, delaysMs: [600_000] });
    receiver.react = () => 503;
    await stand.add('w', receiver.url);
    await stand.happen({ id: 'event-0000', cameraId: 'gate' });
    await expect.poll(() => receiver.received.length, patience).toBe(1);
    const noted = async () => (await stand.outbox.heads())[0]?.nextAttemptAt ?? 0;
    await expect.poll(async () => (await noted()) > Date.now(), patience).toBe(true);
    receiver.react = () => 200;
    const [head] = await stand.outbox.heads();
    await stand.outbox.hasten(head?.id ?? '', Date.now() + 710_000);
    stand.feeder.feedSoon();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(receiver.received).toHaveLength(1);
    await stand.outbox.hasten(head?.id ?? '', Date.now() + 800_000);
    stand.feeder.feedSoon();
    await expect.poll(() => receiver.received.length, patience).toBe(2);
  });

  it('goes on where it was when the process begins anew, with Redis or without its memory', async () => {
    receiver.react = () => 500;
    await stand.add('w', receiver.url);
    const happened = events(0, 12);
    await stand.happen(...happened.slice(0, 6));
    await expect.poll(() => receiver.received.length, patience).toBeGreaterThan(2);
    await stand.restart();
    await stand.happen(...happened.slice(6));
    await redis.restart();
    await stand.restart();
    receiver.react = () => 200;
    await expectAllInOrder(happened);
  });

  it('catches up with a long line though its receiver never answers', async () => {
    await stand.stop();
    stand = await startSending(redis.url, { ...POLICY, giveUpAfterMs: 300, timeoutMs: 500 });
    receiver.react = () => undefined;
    await stand.add('w', receiver.url);
    await stand.happen(...events(0, 500).map(({ id }) => ({ id, cameraId: 'gate' })));
    // At two a second one by one, it would take four minutes.
    await expect.poll(async () => (await stand.webhooks.waiting()).size, patience).toBe(0);
    expect(receiver.received.length).toBeLessThan(5);
  });

  it('gives up what is too old, and lets what comes after it have its turn', async () => {
    await stand.stop();
    // The third try would come too late; the second message is far from too old by then.
    const policy = { ...POLICY, delaysMs: [100, 700_000], giveUpAfterMs: 600_000 };
    stand = await startSending(redis.url, policy);
    receiver.react = ({ message }) =>
      message.type === 'event.started' && message.data.id.endsWith('0') ? 500 : 200;
    await stand.add('w', receiver.url);
    const both = ['event-0000', 'event-0001'].map((id) => ({ id, cameraId: 'gate' }));
    await stand.happen(...both);
    await expect.poll(() => firstTimes('gate'), patience).toEqual(both.map(({ id }) => id));
    const states = async () =>
      (await stand.outbox.deliveries({ webhookId: 'w', limit: 9 })).map((one) => one.delivery);
    await expect.poll(states, patience).toMatchObject([
      { state: 'delivered', reason: null, nextAttemptAt: null },
      { state: 'failed', attempts: 2, reason: 'The receiver answered 500', nextAttemptAt: null },
    ]);
  });
});
