import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  auditPageSchema,
  createdWebhookSchema,
  deliveryPageSchema,
  deliverySchema,
  jobQueueSchema,
  WEBHOOK_TYPES,
  webhookSchema,
} from '@lookout/contracts';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startFakeWorker } from '../live/fake-worker.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import { isSigned, type Receiver, startReceiver } from './receiver-under-test.ts';

const patience = { timeout: 60_000, interval: 100 };
const WEBHOOKS = '/api/v1/webhooks';

let site: Site;
let redis: TestRedis;
let receiver: Receiver;
let api: RunningApi;

beforeAll(async () => {
  site = await makeSite();
  redis = await startRedis();
  receiver = await startReceiver();
  api = await startApi(site, { REDIS_URL: redis.url });
});

afterAll(async () => {
  await api.stop();
  await receiver.stop();
  await redis.stop();
  await site.remove();
});

async function make(body: object = {}) {
  const wanted = { url: receiver.url, types: ['event.started'], ...body };
  const answer = await api.call('POST', WEBHOOKS, { body: wanted });
  expect(answer.status).toBe(201);
  const webhook = createdWebhookSchema.parse(await answer.json());
  expect(answer.headers.get('location')).toBe(`${WEBHOOKS}/${webhook.id}`);
  return webhook;
}

async function show(id: string) {
  return webhookSchema.parse(await (await api.call('GET', `${WEBHOOKS}/${id}`)).json());
}

async function deliveriesOf(id: string, query = '') {
  const answer = await api.call('GET', `${WEBHOOKS}/${id}/deliveries${query}`);
  expect(answer.status).toBe(200);
  return deliveryPageSchema.parse(await answer.json());
}

async function test(id: string) {
  const answer = await api.call('POST', `${WEBHOOKS}/${id}/test`);
  expect(answer.status).toBe(202);
  return deliverySchema.parse(await answer.json());
}

async function received(messageId: string) {
  const find = () => receiver.received.filter(({ id }) => id === messageId);
  await expect.poll(() => find().length, patience).toBeGreaterThan(0);
  return find();
}

describe('webhooks', () => {
  it('show their secret once, and keep it sealed', async () => {
    const { secret, ...webhook } = await make({ labels: ['person'] });
    expect(secret).toMatch(/^whsec_[\w+/=]{44}$/);
    expect(await show(webhook.id)).toEqual(webhook);
    const all = await (await api.call('GET', WEBHOOKS)).text();
    expect(z.array(webhookSchema).parse(JSON.parse(all))).toContainEqual(webhook);
    const files = ['', '-wal'].map((end) => readFile(join(site.root, 'data', `lookout.db${end}`)));
    const kept = Buffer.concat(await Promise.all(files)).toString('latin1');
    expect(kept).toContain(webhook.id);
    for (const shown of [all, kept]) expect(shown).not.toContain(secret.slice(6));
  });

  it('say by a test that they work, signed', async () => {
    const { id, secret } = await make();
    const { messageId } = await test(id);
    const [first] = await received(messageId);
    expect(first?.message).toMatchObject({ type: 'webhook.test', data: { webhookId: id } });
    expect(first && isSigned(first, secret)).toBe(true);
    expect(first && isSigned({ ...first, body: `${first.body} ` }, secret)).toBe(false);
    await expect
      .poll(async () => (await deliveriesOf(id)).items, patience)
      .toMatchObject([
        { messageId, state: 'delivered', attempts: 1, answerStatus: 200, nextAttemptAt: null },
      ]);
    expect((await deliveriesOf(id, '?state=failed')).items).toEqual([]);
  });

  it('have two valid secrets for a while after a rotation', async () => {
    const { id, secret: old } = await make();
    const answer = await api.call('POST', `${WEBHOOKS}/${id}/rotate`);
    const { secret, oldSecretUntil } = createdWebhookSchema.parse(await answer.json());
    const [first] = await received((await test(id)).messageId);
    for (const one of [old, secret]) expect(first && isSigned(first, one)).toBe(true);
    const hours = (Date.parse(oldSecretUntil ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThanOrEqual(24);
  });

  it('keep the secrets of before, though they are rotated twice', async () => {
    const { id, secret: first } = await make();
    const rotate = async () => {
      const answer = await api.call('POST', `${WEBHOOKS}/${id}/rotate`);
      return createdWebhookSchema.parse(await answer.json()).secret;
    };
    const secrets = [first, await rotate(), await rotate()];
    const [message] = await received((await test(id)).messageId);
    for (const one of secrets) expect(message && isSigned(message, one)).toBe(true);
    const newest = await rotate();
    const [later] = await received((await test(id)).messageId);
    expect([...secrets, newest].map((one) => later && isSigned(later, one))).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('can have a message sent again, by the same id', async () => {
    const { id } = await make();
    const { id: deliveryId, messageId } = await test(id);
    const state = async () => (await deliveriesOf(id)).items.at(-1)?.state;
    await expect.poll(state, patience).toBe('delivered');
    const address = `${WEBHOOKS}/${id}/deliveries/${deliveryId}/redeliver`;
    const again = deliverySchema.parse(await (await api.call('POST', address)).json());
    expect(again.id).not.toBe(deliveryId);
    expect(again.messageId).toBe(messageId);
    await expect.poll(async () => (await received(messageId)).length, patience).toBe(2);
    const first = await deliveriesOf(id, '?limit=1');
    const second = await deliveriesOf(id, `?limit=1&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map((item) => item.id)).toEqual([
      again.id,
      deliveryId,
    ]);
    const none = address.replace(deliveryId, 'no-such');
    expect((await api.call('POST', none)).status).toBe(404);
  });

  it('are disabled by an answer of 410, and go on when they are enabled', async () => {
    const { id } = await make();
    receiver.react = () => 410;
    await test(id);
    await expect.poll(async () => (await show(id)).enabled, patience).toBe(false);
    expect((await show(id)).disabledReason).toContain('410');
    expect((await deliveriesOf(id)).items).toMatchObject([{ state: 'failed', answerStatus: 410 }]);
    expect((await api.call('POST', `${WEBHOOKS}/${id}/test`)).status).toBe(409);
    receiver.react = () => 200;
    const patched = await api.call('PATCH', `${WEBHOOKS}/${id}`, { body: { enabled: true } });
    expect(await patched.json()).toMatchObject({ enabled: true, disabledReason: null });
    await received((await test(id)).messageId);
  });

  it('try at once what waits, when that is wanted', async () => {
    const { id } = await make();
    receiver.react = () => 500;
    const { id: deliveryId, messageId } = await test(id);
    const attempts = async () => (await deliveriesOf(id)).items[0]?.attempts;
    // The third try is half a minute away.
    await expect.poll(attempts, patience).toBe(2);
    expect(await show(id)).toMatchObject({ waiting: 1, trouble: 'The receiver answered 500' });
    const [planned] = (await deliveriesOf(id)).items;
    receiver.react = () => 200;
    const again = await api.call('POST', `${WEBHOOKS}/${id}/deliveries/${deliveryId}/redeliver`);
    const { nextAttemptAt } = deliverySchema.parse(await again.json());
    expect(Date.parse(nextAttemptAt ?? '')).toBeLessThanOrEqual(Date.now());
    await expect
      .poll(async () => (await deliveriesOf(id)).items, patience)
      .toMatchObject([{ id: deliveryId, state: 'delivered', attempts: 3, reason: null }]);
    const [{ lastAttemptAt } = { lastAttemptAt: null }] = (await deliveriesOf(id)).items;
    const sooner = Date.parse(planned?.nextAttemptAt ?? '') - Date.parse(lastAttemptAt ?? '');
    expect(sooner).toBeGreaterThan(5000);
    expect(await received(messageId)).toHaveLength(3);
    expect(await show(id)).toMatchObject({ waiting: 0, trouble: null });
  });

  it('exclude nothing where nothing is named', async () => {
    const body = { url: receiver.url, types: [], cameraIds: [], labels: [] };
    const answer = await api.call('POST', WEBHOOKS, { body });
    const made = createdWebhookSchema.parse(await answer.json());
    expect(made).toMatchObject({ types: [...WEBHOOK_TYPES], cameraIds: null, labels: null });
    const patch = { body: { types: ['event.ended'], labels: [' person '] } };
    const patched = await api.call('PATCH', `${WEBHOOKS}/${made.id}`, patch);
    expect(await patched.json()).toMatchObject({ types: ['event.ended'], labels: ['person'] });
  });

  it('lose a camera that is deleted, and with the last one rather pause than tell of all', async () => {
    const camera = { name: 'Yard', enabled: false, source: { type: 'test' } };
    const add = () => api.call('POST', '/api/v1/cameras', { body: camera });
    expect((await add()).status).toBe(201);
    const { id } = await make({ cameraIds: ['yard'] });
    expect((await api.call('DELETE', '/api/v1/cameras/yard')).status).toBe(204);
    await expect
      .poll(() => show(id), patience)
      .toMatchObject({
        ...{ cameraIds: [], enabled: false },
        disabledReason: 'Its only camera, "yard", was deleted: name others.',
      });
    const { url, types, cameraIds, labels, enabled, disabledReason } = await show(id);
    const change = (body: object) => api.call('PATCH', `${WEBHOOKS}/${id}`, { body });
    const same = await change({ url, types, cameraIds, labels, enabled });
    expect(same.status).toBe(200);
    expect(await same.json()).toMatchObject({ cameraIds: [], disabledReason });
    const refused = await change({ enabled: true });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ errors: [{ path: 'cameraIds' }] });
    expect((await add()).status).toBe(201);
    expect(await show(id)).toMatchObject({ cameraIds: [], enabled: false });
    const named = await change({ cameraIds: ['yard'], enabled: true });
    expect(await named.json()).toMatchObject({ cameraIds: ['yard'], disabledReason: null });
    expect((await api.call('DELETE', '/api/v1/cameras/yard')).status).toBe(204);
    await expect.poll(() => show(id), patience).toMatchObject({ cameraIds: [] });
    const all = await change({ cameraIds: null, enabled: true });
    expect(await all.json()).toMatchObject({ cameraIds: null, enabled: true });
    expect((await api.call('DELETE', `${WEBHOOKS}/${id}`)).status).toBe(204);
  });

  it.each([
    ['an unknown type', { types: ['event.seen'] }, 'types.0'],
    ['another protocol', { url: 'ftp://127.0.0.1/' }, 'url'],
    ['credentials', { url: 'http://me:secret@127.0.0.1/' }, 'url'],
    ['the address of metadata', { url: 'http://169.254.169.254/latest' }, 'url'],
    ['a camera that is not there', { cameraIds: ['nowhere'] }, 'cameraIds.0'],
    ['an unknown field', { secret: 'mine' }, 'secret'],
  ])('refuse %s', async (_what, changes, path) => {
    const body = { url: receiver.url, types: ['event.started'], ...changes };
    const answer = await api.call('POST', WEBHOOKS, { body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ path }] });
  });

  it('are told of what happens in front of cameras, in order, and of nothing else', async () => {
    const types = ['event.started', 'event.ended', 'camera.state', 'detection.freshness'];
    const { id, secret } = await make({ types, cameraIds: null, url: `${receiver.url}/all` });
    const { id: cars } = await make({ types, labels: ['car'], url: `${receiver.url}/cars` });
    const events = { minHits: 2, window: 3, endAfterMs: 500 };
    const body = { name: 'Gate', source: { type: 'test' }, detection: { events } };
    expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
    const { id: one } = await make({ types, cameraIds: ['gate'], url: `${receiver.url}/one` });
    const worker = startFakeWorker(redis.url);
    const told = (end: string) =>
      receiver.received.filter(({ path }) => path.endsWith(end)).map(({ message }) => message);
    const typesTold = (end: string) => told(end).map(({ type }) => type);
    await expect.poll(() => typesTold('/all'), patience).toContain('event.started');
    const states = told('/all').flatMap((message) =>
      message.type === 'camera.state' ? [message.data.state] : [],
    );
    expect(states.slice(0, 2)).toEqual(['starting', 'live']);
    await expect.poll(() => typesTold('/cars'), patience).toContain('camera.state');
    expect(typesTold('/cars')).not.toContain('event.started');
    expect((await api.call('DELETE', '/api/v1/cameras/gate')).status).toBe(204);
    // The last words of a camera reach also whom nothing else would reach.
    for (const end of ['/all', '/one']) {
      await expect.poll(() => typesTold(end), patience).toContain('event.ended');
      const data = { cameraId: 'gate', state: 'disabled', reason: 'The camera was deleted.' };
      await expect
        .poll(() => told(end), patience)
        .toContainEqual(expect.objectContaining({ type: 'camera.state', data }));
      expect(told(end).at(-1)).toMatchObject({ type: 'camera.state', data });
    }
    await expect.poll(() => show(one), patience).toMatchObject({ cameraIds: [], enabled: false });
    await worker.stop();
    for (const one of receiver.received.filter(({ path }) => path.endsWith('/all'))) {
      expect(isSigned(one, secret)).toBe(true);
    }
    for (const made of [id, cars, one]) {
      expect((await api.call('DELETE', `${WEBHOOKS}/${made}`)).status).toBe(204);
      expect((await api.call('GET', `${WEBHOOKS}/${made}`)).status).toBe(404);
    }
  });

  it('are in the audit log, and their queue on the page of queues and among the metrics', async () => {
    const answer = await api.call('GET', '/api/v1/audit?limit=200');
    const actions = auditPageSchema.parse(await answer.json()).items.map(({ action }) => action);
    for (const deed of ['created', 'changed', 'deleted', 'rotated', 'tested', 'redelivered']) {
      expect(actions).toContain(`webhook.${deed}`);
    }
    const queue = async () => {
      const queues = await api.call('GET', '/api/v1/system/queues');
      return z.array(jobQueueSchema).parse(await queues.json())[0];
    };
    // What earlier tests set going may still be on its way.
    await expect
      .poll(queue, patience)
      .toMatchObject({ name: 'webhooks', counts: { waiting: 0, active: 0 } });
    expect((await queue())?.counts?.failed).toBeGreaterThan(0);
    const page = await (await api.call('GET', '/metrics')).text();
    expect(page).toMatch(/^lookout_jobs\{queue="webhooks",state="failed"\} [1-9]/m);
  });
});
