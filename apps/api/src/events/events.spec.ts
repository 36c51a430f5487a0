import {
  type EventNotice,
  type EventPage,
  eventPageSchema,
  LIVE_NAMESPACE,
  type LiveEvents,
  type ViewerEvents,
} from '@lookout/contracts';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeWorker } from '../live/fake-worker.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

let site: Site;
let redis: TestRedis;
let api: RunningApi;
let worker: ReturnType<typeof startFakeWorker>;
let socket: Socket<LiveEvents, ViewerEvents>;
const notices: EventNotice[] = [];

beforeAll(async () => {
  site = await makeSite();
  redis = await startRedis();
  api = await startApi(site, { REDIS_URL: redis.url });
  worker = startFakeWorker(redis.url);
  const events = { minHits: 2, window: 3, endAfterMs: 500 };
  for (const name of ['Gate', 'Door']) {
    const body = { name, enabled: false, source: { type: 'test' }, detection: { events } };
    expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
  }
  socket = io(`${api.url}${LIVE_NAMESPACE}`, { auth: { token: api.newAdminToken } });
  socket.on('event', (notice) => notices.push(notice));
  await socket.emitWithAck('watch', { cameraId: 'gate' });
  for (const id of ['gate', 'door']) {
    await api.call('PATCH', `/api/v1/cameras/${id}`, { body: { enabled: true } });
  }
});

afterAll(async () => {
  socket.disconnect();
  await worker.stop();
  await api.stop();
  await redis.stop();
  await site.remove();
});

async function list(query = '', token?: string): Promise<EventPage> {
  const options = token === undefined ? {} : { token };
  const answer = await api.call('GET', `/api/v1/events${query}`, options);
  expect(answer.status).toBe(200);
  return eventPageSchema.parse(await answer.json());
}

async function eventOf(cameraId: string) {
  const [event] = (await list(`?cameraId=${cameraId}`)).items;
  return event ?? expect.fail(`no event of ${cameraId}`);
}

describe('events', () => {
  it('are listed with what a worker saw, and told to who watches that camera', async () => {
    await expect.poll(async () => (await list()).items.length).toBe(2);
    await expect.poll(() => notices.length).toBeGreaterThan(0);
    const event = await eventOf('gate');
    expect(event).toMatchObject({
      ...{ cameraId: 'gate', label: 'person', endedAt: null, maxConfidence: 0.9, maxCount: 1 },
    });
    expect(notices[0]).toMatchObject({ id: event.id, cameraId: 'gate', state: 'active' });
  });

  it('can be filtered, and read page by page', async () => {
    const ids = (page: EventPage) => page.items.map(({ id }) => id);
    const all = ids(await list());
    const first = await list('?limit=1');
    const second = await list(`?limit=1&cursor=${first.nextCursor ?? ''}`);
    expect([...ids(first), ...ids(second)]).toEqual(all);
    expect(second.nextCursor).toBeNull();
    expect((await list('?label=car')).items).toEqual([]);
    expect((await list('?label=person')).items).toHaveLength(2);
    expect((await list('?state=ended')).items).toEqual([]);
    const past = '2020-01-01T00:00:00Z';
    expect((await list(`?to=${past}`)).items).toEqual([]);
    expect((await list(`?from=${past}`)).items).toHaveLength(2);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['state=gone', 'state'],
    ['from=yesterday', 'from'],
    ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
    ['cursor=nonsense', 'cursor'],
    ['cameraid=gate', 'cameraid'],
  ])('refuse the query %s', async (query, path) => {
    const answer = await api.call('GET', `/api/v1/events?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ path }] });
  });

  it('have a picture, with the box drawn on request', async () => {
    const { id, snapshot } = await eventOf('gate');
    expect(snapshot).toMatchObject({ confidence: 0.9, detections: [{ label: 'person' }] });
    const pictures = ['false', 'true'].map(async (annotated) => {
      const path = `/api/v1/events/${id}/snapshot.jpg?annotated=${annotated}`;
      const answer = await api.call('GET', path);
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      return Buffer.from(await answer.arrayBuffer());
    });
    const [plain, drawn] = await Promise.all(pictures);
    for (const jpeg of [plain, drawn])
      expect(jpeg?.subarray(0, 2)).toEqual(Buffer.from('ffd8', 'hex'));
    expect(plain?.equals(drawn ?? Buffer.alloc(0))).toBe(false);
  });

  it('have a picture that is not sent again to who has it', async () => {
    const { id } = await eventOf('gate');
    const read = (annotated: string, headers: Record<string, string> = {}) =>
      api.call('GET', `/api/v1/events/${id}/snapshot.jpg?annotated=${annotated}`, { headers });
    const etag = (await read('false')).headers.get('etag') ?? '';
    const again = await read('false', { 'If-None-Match': etag });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    expect((await read('true', { 'If-None-Match': etag })).status).toBe(200);
  });

  it('are there only for who may see the camera', async () => {
    const body = { name: 'limited', role: 'viewer', cameraIds: ['door'] };
    const made = await api.call('POST', '/api/v1/tokens', { body });
    const { token } = (await made.json()) as { token: string };
    expect((await list('', token)).items.map(({ cameraId }) => cameraId)).toEqual(['door']);
    expect((await list('?cameraId=gate', token)).items).toEqual([]);
    const { id } = await eventOf('gate');
    for (const path of [`/api/v1/events/${id}`, `/api/v1/events/${id}/snapshot.jpg`]) {
      expect((await api.call('GET', path, { token })).status).toBe(404);
    }
    expect((await api.call('DELETE', `/api/v1/events/${id}`, { token })).status).toBe(403);
  });

  it('become uncertain when no worker looks any more, and go on when one does', async () => {
    await expect.poll(() => notices.at(-1)?.state).toBe('active');
    const before = notices.length;
    await worker.stop();
    await expect.poll(async () => (await eventOf('gate')).state).toBe('uncertain');
    const event = await eventOf('gate');
    expect(event).toMatchObject({ uncertainSince: expect.any(String) as string, endedAt: null });
    expect(event.gaps.at(-1)).toMatchObject({ to: null });
    worker = startFakeWorker(redis.url);
    await expect.poll(async () => (await eventOf('gate')).state).toBe('active');
    const told = () => notices.map(({ cameraId, state }) => `${cameraId} ${state}`);
    await expect
      .poll(() => [told().length >= before + 2, told().at(-1)])
      .toEqual([true, 'gate active']);
    // A busy machine may have held up looks before: each turn is told once and in order even so.
    expect(told()).toEqual(
      told().map((_, turn) => (turn % 2 === 0 ? 'gate active' : 'gate uncertain')),
    );
  });

  it('go on though Redis loses its memory, with the gap written down', async () => {
    const { id } = await eventOf('gate');
    await redis.kill();
    await expect.poll(async () => (await eventOf('gate')).state).toBe('uncertain');
    await redis.restart();
    await expect.poll(async () => (await eventOf('gate')).state).toBe('active');
    const event = await eventOf('gate');
    expect(event.id).toBe(id);
    expect(event.gaps.at(-1)?.to).not.toBeNull();
  });

  it('are gone when they are deleted, and begin anew with what is seen then', async () => {
    const { id } = await eventOf('door');
    expect((await api.call('DELETE', `/api/v1/events/${id}`)).status).toBe(204);
    expect((await api.call('GET', `/api/v1/events/${id}`)).status).toBe(404);
    await expect.poll(async () => (await list('?cameraId=door')).items.length).toBe(1);
    expect((await eventOf('door')).id).not.toBe(id);
  });

  it('end with their camera, and outlive it', async () => {
    const { id } = await eventOf('gate');
    expect((await api.call('DELETE', '/api/v1/cameras/gate')).status).toBe(204);
    await expect.poll(async () => (await eventOf('gate')).state).toBe('ended');
    const answer = await api.call('GET', `/api/v1/events/${id}`);
    expect(await answer.json()).toMatchObject({ id, state: 'ended' });
  });

  it('of an earlier camera of the same id are not for who is limited to the later one', async () => {
    const { id } = await eventOf('gate');
    const again = { name: 'Gate', enabled: false, source: { type: 'test' } };
    const made = await api.call('POST', '/api/v1/cameras', { body: again });
    expect(await made.json()).toMatchObject({ id: 'gate' });
    const body = { name: 'later', role: 'viewer', cameraIds: ['gate'] };
    const { token } = (await (await api.call('POST', '/api/v1/tokens', { body })).json()) as {
      token: string;
    };
    for (const query of ['', '?cameraId=gate', '?from=2020-01-01T00:00:00Z']) {
      expect((await list(query, token)).items).toEqual([]);
    }
    expect((await api.call('GET', `/api/v1/events/${id}`, { token })).status).toBe(404);
    expect((await list('?cameraId=gate')).items).toHaveLength(1);
  });
});
