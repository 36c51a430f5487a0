import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

/** Whom each route lets in; `limited`: a caller who is limited to some cameras as well. */
const RIGHTS: Record<string, 'open' | 'viewer' | 'operator' | 'admin'> = {
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'POST /api/v1/session': 'open',
  'GET /api/v1/session': 'viewer',
  'DELETE /api/v1/session': 'viewer',
  'GET /metrics': 'viewer',
  'GET /api/openapi.json': 'viewer',
  'GET /api/docs': 'viewer',
  'GET /api/docs/start.js': 'viewer',
  'GET /api/v1/system': 'viewer',
  'GET /api/v1/system/doctor': 'viewer',
  'GET /api/v1/system/queues': 'admin',
  'GET /api/v1/cameras': 'viewer',
  'POST /api/v1/cameras': 'operator',
  'POST /api/v1/cameras/probe': 'operator',
  'GET /api/v1/cameras/{id}': 'viewer',
  'PATCH /api/v1/cameras/{id}': 'operator',
  'DELETE /api/v1/cameras/{id}': 'operator',
  'GET /api/v1/cameras/{id}/status': 'viewer',
  'GET /api/v1/cameras/{id}/snapshot.jpg': 'viewer',
  'GET /api/v1/cameras/{id}/stream.mjpeg': 'viewer',
  'GET /api/v1/cameras/{id}/detections/latest': 'viewer',
  'GET /api/v1/events': 'viewer',
  'GET /api/v1/events/retention': 'admin',
  'GET /api/v1/events/{id}': 'viewer',
  'DELETE /api/v1/events/{id}': 'operator',
  'GET /api/v1/events/{id}/snapshot.jpg': 'viewer',
  'GET /api/v1/webhooks': 'admin',
  'POST /api/v1/webhooks': 'admin',
  'GET /api/v1/webhooks/{id}': 'admin',
  'PATCH /api/v1/webhooks/{id}': 'admin',
  'DELETE /api/v1/webhooks/{id}': 'admin',
  'POST /api/v1/webhooks/{id}/test': 'admin',
  'POST /api/v1/webhooks/{id}/rotate': 'admin',
  'GET /api/v1/webhooks/{id}/deliveries': 'admin',
  'POST /api/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver': 'admin',
  'GET /api/v1/models': 'viewer',
  'GET /api/v1/export': 'operator',
  'POST /api/v1/export': 'admin',
  'POST /api/v1/import': 'operator',
  'GET /api/v1/tokens': 'admin',
  'POST /api/v1/tokens': 'admin',
  'DELETE /api/v1/tokens/{id}': 'admin',
  'GET /api/v1/audit': 'admin',
};
/** Of no use to find out about other cameras, so open to who is limited to some as well. */
const FILTERED = /session$|doctor$|models$|events$|openapi\.json$|docs|GET \/api\/v1\/cameras$/;
const ROLES = ['viewer', 'operator', 'admin'] as const;

let site: Site;
let api: RunningApi;
const tokens = new Map<string, string>();

async function makeToken(name: string, role: string, cameraIds?: string[]): Promise<void> {
  const answer = await api.call('POST', '/api/v1/tokens', { body: { name, role, cameraIds } });
  expect(answer.status).toBe(201);
  tokens.set(name, ((await answer.json()) as { token: string }).token);
}

beforeAll(async () => {
  site = await makeSite();
  api = await startApi(site);
  for (const name of ['Own', 'Other']) {
    const body = { name, enabled: false, source: { type: 'test' } };
    expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
  }
  for (const role of ROLES) await makeToken(role, role);
  await makeToken('limited viewer', 'viewer', ['own']);
  await makeToken('limited operator', 'operator', ['own']);
});

afterAll(async () => {
  await api.stop();
  await site.remove();
});

async function routes(): Promise<string[]> {
  const answer = await api.call('GET', '/api/openapi.json');
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> };
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  // What describes the interface is not part of its own description.
  return [...described, 'GET /api/openapi.json', 'GET /api/docs', 'GET /api/docs/start.js'];
}

/** Calls a route in such a way that nothing comes of it: no body, and no such camera or token. */
async function ask(route: string, token: string | null, id = 'no-such'): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const answer = await api.call(method, path.replace('{id}', id), { token });
  await answer.body?.cancel();
  return answer.status;
}

it('says of every route whom it lets in', async () => {
  for (const route of await routes()) expect(RIGHTS).toHaveProperty([route]);
});

it('lets nobody without a valid token come in, but where it is open', async () => {
  for (const route of await routes()) {
    if (route === 'POST /api/v1/session') continue;
    const expected = RIGHTS[route] === 'open' ? 200 : 401;
    expect([route, await ask(route, null)]).toEqual([route, expected]);
  }
});

it.each(ROLES)('lets a token of the role %s do what the role may do, and no more', async (role) => {
  for (const route of await routes()) {
    const needed = RIGHTS[route] ?? 'open';
    const may = needed === 'open' || ROLES.indexOf(role) >= ROLES.indexOf(needed);
    const status = await ask(route, tokens.get(role) ?? '');
    expect([route, status === 403 ? 'refused' : 'let in']).toEqual([
      route,
      may ? 'let in' : 'refused',
    ]);
    expect([route, status]).not.toEqual([route, 401]);
  }
});

it.each(['viewer', 'operator'] as const)('limits a %s to some cameras', async (role) => {
  const token = tokens.get(`limited ${role}`) ?? '';
  for (const route of await routes()) {
    const needed = RIGHTS[route] ?? 'open';
    if (needed === 'open') continue;
    const may = ROLES.indexOf(role) >= ROLES.indexOf(needed);
    const status = await ask(route, token, 'other');
    if (!may) expect([route, status]).toEqual([route, 403]);
    else if (FILTERED.test(route)) expect([route, status < 300]).toEqual([route, true]);
    else expect([route, status]).toEqual([route, route.includes('/{id}') ? 404 : 403]);
  }
});

it('does not tell a limited caller whether there is another camera', async () => {
  const token = tokens.get('limited viewer') ?? '';
  const answers = ['other', 'no-such'].map(async (id) => {
    const answer = await api.call('GET', `/api/v1/cameras/${id}/status`, { token });
    return [answer.status, (await answer.text()).replaceAll(id, '')];
  });
  const [other, none] = await Promise.all(answers);
  expect(other).toEqual(none);
});

it('shows a limited caller its own cameras', async () => {
  const token = tokens.get('limited viewer') ?? '';
  const cameras = await api.call('GET', '/api/v1/cameras', { token });
  expect(await cameras.json()).toMatchObject([{ id: 'own' }]);
  expect(await ask('GET /api/v1/cameras/{id}', token, 'own')).toBe(200);
  expect(await ask('GET /api/v1/cameras/{id}/status', token, 'own')).toBe(200);
  const session = await api.call('GET', '/api/v1/session', { token });
  expect(await session.json()).toMatchObject({ role: 'viewer', cameraIds: ['own'] });
});

it('lets a limited operator change its own camera, and neither another nor a new one', async () => {
  const token = tokens.get('limited operator') ?? '';
  const change = (id: string) =>
    api.call('PATCH', `/api/v1/cameras/${id}`, { token, body: { name: 'New name' } });
  expect((await change('own')).status).toBe(200);
  expect((await change('other')).status).toBe(404);
  const body = { name: 'Third', source: { type: 'test' } };
  expect((await api.call('POST', '/api/v1/cameras', { token, body })).status).toBe(403);
});

it('lets a limited operator look at sources for its own camera, and for no other', async () => {
  const token = tokens.get('limited operator') ?? '';
  const source = { type: 'file', path: 'none.mp4' };
  const probe = async (body: object) =>
    (await api.call('POST', '/api/v1/cameras/probe', { token, body })).status;
  expect(await probe({ source, cameraId: 'own' })).toBe(200);
  expect(await probe({ source, cameraId: 'other' })).toBe(404);
  expect(await probe({ source, cameraId: ['own'] })).toBe(403);
  expect(await probe({ source })).toBe(403);
});
