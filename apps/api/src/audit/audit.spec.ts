import { auditPageSchema } from '@lookout/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import { fieldPaths } from './field-paths.ts';

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

async function page(query = '') {
  const answer = await api.call('GET', `/api/v1/audit${query}`);
  expect(answer.status).toBe(200);
  return auditPageSchema.parse(await answer.json());
}

it('says who did what from where, newest first, without a secret', async () => {
  const camera = { name: 'Gate', enabled: false, source: { type: 'test' } };
  await api.call('POST', '/api/v1/cameras', { body: camera });
  const made = await api.call('POST', '/api/v1/tokens', { body: { name: 'Op', role: 'operator' } });
  const { id, token } = (await made.json()) as { id: string; token: string };
  const patch = { name: 'Door', detection: { minConfidence: 0.6, classes: ['person'] } };
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };
  await api.call('PATCH', '/api/v1/cameras/gate', { token, body: patch, headers: forwarded });
  await api.call('PATCH', '/api/v1/cameras/gate', { token, body: { colour: 'red' } });
  await api.call('DELETE', '/api/v1/cameras/gate', { token });
  await api.call('POST', '/api/v1/session', { token });
  await api.call('POST', '/api/v1/session', { token: 'a-wrong-secret' });
  await api.call('GET', '/api/v1/cameras', { token: 'another-wrong-secret' });
  await api.call('DELETE', `/api/v1/tokens/${id}`);
  const { items } = await page();
  const admin = { tokenId: 'admin', name: 'Admin' };
  const operator = { tokenId: id, name: 'Op' };
  expect(items.map(({ action, subject, actor }) => [action, subject, actor])).toEqual([
    ['token.revoked', id, admin],
    ['token.refused', null, null],
    ['session.refused', null, null],
    ['session.begun', null, operator],
    ['camera.deleted', 'gate', operator],
    ['camera.changed', 'gate', operator],
    ['token.created', id, admin],
    ['camera.created', 'gate', admin],
  ]);
  const changed = items[5];
  expect(changed?.address).toBe('203.0.113.7');
  expect(changed?.fields).toEqual(['name', 'detection.minConfidence', 'detection.classes']);
  expect(items[0]?.address).toMatch(/127\.0\.0\.1$/);
  for (const secret of [token, 'a-wrong-secret', 'another-wrong-secret', api.newAdminToken]) {
    expect(JSON.stringify(items)).not.toContain(secret);
  }
});

it('is read page by page', async () => {
  const whole = (await page()).items;
  const first = await page('?limit=3');
  expect(first.items).toEqual(whole.slice(0, 3));
  const second = await page(`?limit=200&cursor=${first.nextCursor ?? ''}`);
  expect(second).toEqual({ items: whole.slice(3), nextCursor: null });
});

it.each(['?limit=0', '?limit=201', '?limit=x', '?cursor=-1', '?cursor=x', '?from=1'])(
  'refuses %s',
  async (query) => {
    expect((await api.call('GET', `/api/v1/audit${query}`)).status).toBe(400);
  },
);

it('names fields by their paths', () => {
  expect(fieldPaths({ a: 1, b: { c: [1], d: {} }, e: null })).toEqual(['a', 'b.c', 'b.d', 'e']);
  for (const nothing of [undefined, null, 'text', [1], {}]) expect(fieldPaths(nothing)).toEqual([]);
});

it('leaves out nothing but the dry run of a call that has one', async () => {
  const [last] = (await page()).items;
  const text = '{ format: lookout-cameras, version: 1, cameras: [] }';
  const headers = { 'content-type': 'application/yaml' };
  const dry = await api.call('POST', '/api/v1/import?dryRun=true', { body: text, headers });
  expect(dry.status).toBe(200);
  expect((await page()).items[0]).toEqual(last);
  const body = { name: 'Quiet', role: 'admin' };
  const made = await api.call('POST', '/api/v1/tokens?dryRun=true', { body });
  const { id } = (await made.json()) as { id: string };
  await api.call('DELETE', `/api/v1/tokens/${id}?dryRun=true`);
  expect((await page()).items.slice(0, 2)).toMatchObject([
    { action: 'token.revoked', subject: id },
    { action: 'token.created', subject: id },
  ]);
});
