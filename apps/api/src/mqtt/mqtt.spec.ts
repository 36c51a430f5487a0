import { systemSchema } from '@lookout/contracts';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeWorker } from '../live/fake-worker.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import { startBroker } from './broker-under-test.ts';

const patience = { timeout: 40_000, interval: 200 };
/** A broker that was away for long is looked for every half a minute. */
const untilItIsFound = { ...patience, timeout: 100_000 };
const PERSON = 'lookout/cameras/gate/presence/person';
const DOG = 'lookout/cameras/gate/presence/dog';

let site: Site;
let redis: TestRedis;
let broker: Awaited<ReturnType<typeof startBroker>>;
let api: RunningApi;
let worker: ReturnType<typeof startFakeWorker> | null;
let environment: Record<string, string>;

beforeAll(async () => {
  site = await makeSite();
  redis = await startRedis();
  broker = await startBroker();
  environment = { REDIS_URL: redis.url, MQTT_URL: broker.url, LOOKOUT_DEMO: 'false' };
  api = await startApi(site, environment);
  worker = startFakeWorker(redis.url);
  for (const name of ['Gate', 'Door', 'Hall']) {
    const events = { minHits: 2, window: 3, endAfterMs: 500, labels: ['person', 'dog'] };
    const body = { name, source: { type: 'test' }, detection: { events } };
    expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
  }
});

afterAll(async () => {
  await worker?.stop();
  await api.stop();
  await broker.remove();
  await redis.stop();
  await site.remove();
});

const read = async (path: string) => (await api.call('GET', path)).json();

async function mqttPart() {
  const { parts } = systemSchema.parse(await read('/api/v1/system'));
  return parts.find(({ name }) => name === 'mqtt') ?? expect.fail('no part mqtt');
}

describe('an MQTT broker', () => {
  it('holds what is so now: state, freshness, and the presence of each label', async () => {
    await expect
      .poll(() => broker.retained(), patience)
      .toMatchObject({
        'lookout/status': 'online',
        'lookout/cameras/gate/state': 'live',
        'lookout/cameras/gate/freshness': 'fresh',
        [PERSON]: 'present',
        [DOG]: 'absent',
      });
    expect(await mqttPart()).toEqual({ name: 'mqtt', trouble: null });
    const metrics = await (await api.call('GET', '/metrics')).text();
    expect(metrics).toContain('lookout_mqtt_connected 1');
    expect(metrics).toContain('lookout_mqtt_events_dropped_total 0');
  });

  it('tells Home Assistant of a device with entities that are there while they are known', async () => {
    const held = await broker.retained();
    const config = held['homeassistant/binary_sensor/lookout_gate/presence_person/config'] ?? '';
    expect(JSON.parse(config)).toMatchObject({
      unique_id: 'lookout_gate_presence_person',
      state_topic: PERSON,
      payload_on: 'present',
      payload_off: 'absent',
      availability_mode: 'all',
      availability: [{ topic: 'lookout/status' }, { topic: 'lookout/cameras/gate/freshness' }],
      device: { identifiers: ['lookout_gate'], name: 'Gate' },
    });
    for (const object of ['state', 'freshness']) {
      const sensor = held[`homeassistant/sensor/lookout_gate/${object}/config`] ?? '';
      expect(JSON.parse(sensor)).toMatchObject({
        state_topic: `lookout/cameras/gate/${object}`,
        device: { identifiers: ['lookout_gate'] },
      });
    }
  });

  it('is told that presence is unknown when nobody looks, and of what that does to events', async () => {
    const ear = await broker.listen();
    await worker?.stop();
    worker = null;
    const heard = () => ear.received.filter(({ retain }) => !retain);
    const isPerson = ({ topic }: { topic: string }) => topic === PERSON;
    await expect.poll(() => heard().findLast(isPerson)?.payload, patience).toBe('unknown');
    await expect
      .poll(() => broker.retained(), patience)
      .toMatchObject({
        'lookout/cameras/gate/freshness': 'unknown',
        [PERSON]: 'unknown',
        [DOG]: 'unknown',
      });
    // Never "absent" for want of looking: somebody was there all the time.
    expect(heard().filter((one) => isPerson(one) && one.payload === 'absent')).toEqual([]);

    const changes = () =>
      heard()
        .filter(({ topic }) => topic === 'lookout/cameras/gate/events')
        .map(({ payload }) => JSON.parse(payload) as { change: string; label: string });
    const uncertain = { change: 'uncertain', label: 'person', state: 'uncertain' };
    await expect.poll(() => changes().at(-1), patience).toMatchObject(uncertain);
    worker = startFakeWorker(redis.url);
    const resumed = { change: 'resumed', label: 'person', state: 'active' };
    await expect.poll(() => changes().at(-1), patience).toMatchObject(resumed);
    expect(heard().every(({ topic, retain }) => !(topic.endsWith('/events') && retain))).toBe(true);
    await ear.end();
  });

  const away =
    'that was away with its memory is told the truth of now, and of nothing that is past';
  it(away, { timeout: 200_000 }, async () => {
    await broker.stop();
    await expect
      .poll(mqttPart, patience)
      .toMatchObject({ trouble: expect.stringContaining('does not answer') as string });
    expect(await read('/readyz')).toMatchObject({ degraded: ['mqtt'] });
    const words = JSON.stringify(await mqttPart());
    expect(words).not.toContain(broker.password);
    expect(words).not.toContain('lookout:');
    await api.call('PATCH', '/api/v1/cameras/gate', { body: { name: 'Gate 2' } });
    await api.call('PATCH', '/api/v1/cameras/gate', { body: { name: 'Gate 3' } });
    expect((await api.call('DELETE', '/api/v1/cameras/door')).status).toBe(204);
    await broker.start();
    const ear = await broker.listen();
    await expect
      .poll(() => broker.retained(), untilItIsFound)
      .toMatchObject({
        'lookout/status': 'online',
        [PERSON]: 'present',
        // Nothing of it has changed since the broker knew it.
        'lookout/cameras/hall/state': 'live',
        'lookout/cameras/hall/presence/person': 'present',
        'homeassistant/sensor/lookout_hall/state/config': expect.stringContaining('Hall') as string,
      });
    const heard = ear.received;
    const config = 'homeassistant/binary_sensor/lookout_gate/presence_person/config';
    const configs = () =>
      heard.filter(({ topic }) => topic === config).map(({ payload }) => payload);
    await expect.poll(() => configs().length, patience).toBeGreaterThan(0);
    for (const payload of configs()) expect(payload).toContain('"name":"Gate 3"');
    const doors = Object.keys(await broker.retained()).filter((topic) => topic.includes('door'));
    expect(doors).toEqual([]);
    await ear.end();
  });

  it('says that Lookout is gone when it is, and forgets cameras deleted without the broker', async () => {
    await api.stop();
    await expect
      .poll(() => broker.retained(), patience)
      .toMatchObject({ 'lookout/status': 'offline' });
    // Without MQTT_URL nobody tells the broker.
    const blind = await startApi(site, { REDIS_URL: redis.url, LOOKOUT_DEMO: 'false' }, true);
    expect((await blind.call('DELETE', '/api/v1/cameras/gate')).status).toBe(204);
    const yard = { name: 'Yard', source: { type: 'test' }, detection: { enabled: false } };
    expect((await blind.call('POST', '/api/v1/cameras', { body: yard })).status).toBe(201);
    await blind.stop();
    expect(Object.keys(await broker.retained())).toContain(PERSON);
    api = await startApi(site, environment, true);
    await expect
      .poll(() => broker.retained(), patience)
      .toMatchObject({
        'lookout/status': 'online',
        'lookout/cameras/yard/freshness': 'off',
      });
    const topics = Object.keys(await broker.retained());
    expect(topics.filter((topic) => topic.includes('gate'))).toEqual([]);
  });
});
