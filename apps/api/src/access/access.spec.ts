import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

let site: Site;
let api: RunningApi;

beforeAll(async () => {
  site = await makeSite();
  api = await startApi(site);
});

afterAll(async () => {
  await api.stop();
  await site.remove();
});

function cookieOf(response: Response): string {
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function signIn(): Promise<string> {
  const body = { token: api.newAdminToken };
  const answer = await api.call('POST', '/api/v1/session', { token: null, body });
  expect(answer.status).toBe(201);
  return cookieOf(answer);
}

describe('access', () => {
  it('makes one strong token, at the first start alone, and keeps no copy', async () => {
    expect(api.newAdminToken).toMatch(/^[\w-]{43}$/);
    const again = await startApi(site);
    try {
      expect(again.newAdminToken).toBeUndefined();
      const token = api.newAdminToken ?? null;
      expect((await again.call('GET', '/api/v1/cameras', { token })).status).toBe(200);
    } finally {
      await again.stop();
    }
  });

  it.each([
    ['GET', '/api/v1/cameras'],
    ['POST', '/api/v1/cameras'],
    ['GET', '/api/v1/cameras/any'],
    ['PATCH', '/api/v1/cameras/any'],
    ['DELETE', '/api/v1/cameras/any'],
    ['GET', '/api/v1/cameras/any/status'],
    ['GET', '/api/v1/cameras/any/snapshot.jpg'],
    ['GET', '/api/v1/cameras/any/detections/latest'],
    ['GET', '/api/v1/system'],
    ['GET', '/api/v1/session'],
    ['DELETE', '/api/v1/session'],
    ['GET', '/metrics'],
    ['GET', '/METRICS'],
    ['GET', '/api/openapi.json'],
    ['GET', '/API/openapi.json'],
    ['GET', '/api/docs'],
    ['GET', '/api/docs/swagger-ui-bundle.js'],
  ])('asks for a token: %s %s', async (method, path) => {
    for (const token of [null, 'wrong', `${api.newAdminToken ?? ''}x`]) {
      const answer = await api.call(method, path, { token });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await answer.json()).toMatchObject({ title: 'Unauthorized', status: 401 });
    }
  });

  it.each(['/healthz', '/readyz'])('lets everybody see %s', async (path) => {
    expect((await api.call('GET', path, { token: null })).status).toBe(200);
  });

  it('takes a token in an address for pictures, and for nothing else', async () => {
    const token = api.newAdminToken ?? '';
    const picture = `/api/v1/cameras/any/snapshot.jpg?token=${token}`;
    expect((await api.call('GET', picture, { token: null })).status).toBe(404);
    const other = await api.call('GET', `/api/v1/cameras?token=${token}`, { token: null });
    expect(other.status).toBe(401);
  });

  it('signs a browser in and out', async () => {
    const answer = await api.call('POST', '/api/v1/session', {
      token: null,
      body: { token: api.newAdminToken },
    });
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Strict/);
    expect(set).not.toMatch(/Secure/);
    expect(set).not.toContain(api.newAdminToken);
    const body = (await answer.json()) as { expiresAt: string };
    expect(body).toMatchObject({ role: 'admin', name: 'Admin' });
    expect(Date.parse(body.expiresAt)).toBeGreaterThan(Date.now());

    const cookie = cookieOf(answer);
    const browser = { token: null, headers: { cookie } };
    expect(await (await api.call('GET', '/api/v1/session', browser)).json()).toEqual(body);
    expect((await api.call('GET', '/api/v1/cameras', browser)).status).toBe(200);
    expect((await api.call('DELETE', '/api/v1/session', browser)).status).toBe(204);
    expect((await api.call('GET', '/api/v1/session', browser)).status).toBe(401);
  });

  it('takes the token to sign in with from the header too', async () => {
    expect((await api.call('POST', '/api/v1/session')).status).toBe(201);
    expect((await api.call('POST', '/api/v1/session', { token: null, body: {} })).status).toBe(400);
  });

  it('marks the cookie for https where the request came that way', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const answer = await api.call('POST', '/api/v1/session', { headers });
    expect(answer.headers.get('set-cookie')).toMatch(/Secure/);
  });

  it('lets only pages of its own change things with a cookie', async () => {
    const cookie = await signIn();
    const body = { name: 'Stolen', source: { type: 'nothing' } };
    const change = (headers: Record<string, string>) =>
      api.call('POST', '/api/v1/cameras', { token: null, body, headers: { cookie, ...headers } });
    expect((await change({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await change({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    // 400: it came through, and the source is not one.
    expect((await change({ origin: api.url })).status).toBe(400);
    const read = { token: null, headers: { cookie, origin: 'http://evil.example' } };
    expect((await api.call('GET', '/api/v1/cameras', read)).status).toBe(200);
  });

  it('believes a wrong token rather than a good cookie', async () => {
    const headers = { cookie: await signIn() };
    const answer = await api.call('GET', '/api/v1/cameras', { token: 'wrong', headers });
    expect(answer.status).toBe(401);
  });

  it('holds up failed sign-ins, and never good ones', async () => {
    const wrong = { token: null, body: { token: 'wrong' } };
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      statuses.push((await api.call('POST', '/api/v1/session', wrong)).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    const held = await api.call('POST', '/api/v1/session', wrong);
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(held.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    await signIn();
  });

  it('replaces a lost token, and ends what it began', async () => {
    const own = await makeSite();
    const first = await startApi(own);
    const cookie = cookieOf(await first.call('POST', '/api/v1/session'));
    await first.stop();
    const second = await startApi(own, {}, true);
    try {
      const status = async (options: { token: string | null; headers?: { cookie: string } }) =>
        (await second.call('GET', '/api/v1/session', options)).status;
      expect(await status({ token: first.newAdminToken ?? null })).toBe(401);
      expect(await status({ token: null, headers: { cookie } })).toBe(401);
      expect(await status({ token: second.newAdminToken ?? null })).toBe(200);
    } finally {
      await second.stop();
      await own.remove();
    }
  });

  it('takes the token of the environment in place of the kept one, for that run', async () => {
    const LOOKOUT_ADMIN_TOKEN = 'a token from the environment'.replaceAll(' ', '-');
    const other = await startApi(site, { LOOKOUT_ADMIN_TOKEN });
    try {
      expect(other.newAdminToken).toBeUndefined();
      expect((await other.call('GET', '/api/v1/cameras')).status).toBe(200);
      const token = api.newAdminToken ?? null;
      expect((await other.call('GET', '/api/v1/cameras', { token })).status).toBe(401);
    } finally {
      await other.stop();
    }
    await expect(startApi(site, { LOOKOUT_ADMIN_TOKEN }, true)).rejects.toThrow(/no use/);
  });
});
