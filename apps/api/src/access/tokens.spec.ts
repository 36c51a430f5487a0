import { once } from 'node:events';
import { LIVE_NAMESPACE, tokenSchema } from '@lookout/contracts';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

let site: Site;
let api: RunningApi;

beforeEach(async () => {
  site = await makeSite();
  api = await startApi(site);
});

afterEach(async () => {
  await api.stop();
  await site.remove();
});

async function make(body: object): Promise<{ id: string; token: string }> {
  const answer = await api.call('POST', '/api/v1/tokens', { body });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; token: string };
}

async function addCamera(): Promise<void> {
  const body = { name: 'Gate', enabled: false, source: { type: 'test' } };
  expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
}

async function list() {
  return tokenSchema.array().parse(await (await api.call('GET', '/api/v1/tokens')).json());
}

describe('making a token', () => {
  it('shows its secret once, and keeps no copy of it', async () => {
    const made = await make({ name: 'Hall', role: 'viewer' });
    expect(made).toMatchObject({ role: 'viewer', cameraIds: null, lastUsedAt: null });
    expect(made.token).toMatch(/^[\w-]{43}$/);
    const listed = await (await api.call('GET', '/api/v1/tokens')).text();
    expect(listed).toContain('Hall');
    expect(listed).not.toContain(made.token);
    expect(listed).not.toMatch(/hash/i);
    const { readFile, readdir } = await import('node:fs/promises');
    const data = `${site.root}/data`;
    for (const name of (await readdir(data)).filter((file) => file.startsWith('lookout.db'))) {
      expect((await readFile(`${data}/${name}`)).includes(made.token)).toBe(false);
    }
  });

  it('notes when it was used', async () => {
    const { id, token } = await make({ name: 'Hall', role: 'viewer' });
    expect((await list()).find((each) => each.id === id)?.lastUsedAt).toBeNull();
    await api.call('GET', '/api/v1/session', { token });
    const lastUsedAt = (await list()).find((each) => each.id === id)?.lastUsedAt ?? '';
    expect(Math.abs(Date.parse(lastUsedAt) - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    [{ name: '', role: 'viewer' }, 'name'],
    [{ name: 'a', role: 'root' }, 'role'],
    [{ name: 'a', role: 'viewer', cameraIds: [] }, 'cameraIds'],
    [{ name: 'a', role: 'viewer', cameraIds: ['none'] }, 'cameraIds.0'],
    [{ name: 'a', role: 'admin', cameraIds: ['none'] }, 'cameraIds'],
    [{ name: 'a', role: 'viewer', token: 'mine' }, 'token'],
  ])('refuses %j', async (body, path) => {
    const answer = await api.call('POST', '/api/v1/tokens', { body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ path }] });
  });

  it('does not carry over to another camera that gets the id of a deleted one', async () => {
    await addCamera();
    const { token } = await make({ name: 'Hall', role: 'viewer', cameraIds: ['gate'] });
    expect((await api.call('GET', '/api/v1/cameras/gate', { token })).status).toBe(200);
    await api.call('DELETE', '/api/v1/cameras/gate');
    await addCamera();
    expect((await api.call('GET', '/api/v1/cameras/gate', { token })).status).toBe(404);
    expect(await (await api.call('GET', '/api/v1/cameras', { token })).json()).toEqual([]);
  });
});

describe('revoking a token', () => {
  it('ends it, its sessions and its sockets at once', async () => {
    const { id, token } = await make({ name: 'Hall', role: 'viewer' });
    const signedIn = await api.call('POST', '/api/v1/session', { token });
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const sockets = [
      io(`${api.url}${LIVE_NAMESPACE}`, { auth: { token }, reconnection: false }),
      io(`${api.url}${LIVE_NAMESPACE}`, { extraHeaders: { cookie }, reconnection: false }),
    ];
    await Promise.all(sockets.map((socket) => once(socket as never, 'connect')));
    const gone = Promise.all(sockets.map((socket) => once(socket as never, 'disconnect')));
    expect((await api.call('DELETE', `/api/v1/tokens/${id}`)).status).toBe(204);
    await gone;
    expect((await api.call('GET', '/api/v1/session', { token })).status).toBe(401);
    const browser = { token: null, headers: { cookie } };
    expect((await api.call('GET', '/api/v1/session', browser)).status).toBe(401);
    expect((await list()).some((each) => each.id === id)).toBe(false);
    expect((await api.call('DELETE', `/api/v1/tokens/${id}`)).status).toBe(404);
  });

  it('never leaves a site without an admin', async () => {
    const own = await api.call('DELETE', '/api/v1/tokens/admin');
    expect(own.status).toBe(409);
    expect(await own.json()).toMatchObject({ detail: 'A token cannot revoke itself' });
    const second = await make({ name: 'Second', role: 'admin' });
    const revoked = await api.call('DELETE', '/api/v1/tokens/admin', { token: second.token });
    expect(revoked.status).toBe(204);
    expect((await api.call('GET', '/api/v1/tokens')).status).toBe(401);
    const last = await api.call('DELETE', `/api/v1/tokens/${second.id}`, { token: second.token });
    expect(last.status).toBe(409);
  });
});

it.each(['viewer', 'operator', 'admin'])(
  'can be revoked where the only other admin is the one of the environment: %s',
  async (role) => {
    const other = await makeSite();
    const LOOKOUT_ADMIN_TOKEN = 'the-admin-token-of-the-environment';
    const run = await startApi(other, { LOOKOUT_ADMIN_TOKEN });
    const made = await run.call('POST', '/api/v1/tokens', { body: { name: 'a', role } });
    const { id, token } = (await made.json()) as { id: string; token: string };
    expect((await run.call('DELETE', `/api/v1/tokens/${id}`)).status).toBe(204);
    expect((await run.call('GET', '/api/v1/session', { token })).status).toBe(401);
    expect((await run.call('GET', '/api/v1/session')).status).toBe(200);
    await run.stop();
    await other.remove();
  },
);

it('does not hold up who shows wrong tokens in a header, nor anybody who shows a right one', async () => {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    expect((await api.call('GET', '/api/v1/session', { token: 'wrong' })).status).toBe(401);
    expect((await api.call('GET', '/api/v1/session')).status).toBe(200);
  }
});
