import type { Problem } from '@lookout/contracts';
import { Logger, ServiceUnavailableException } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import { ProblemFilter } from './problem-filter.ts';

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

interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(method: string, path: string, sent: Sent = {}) {
  const answer = await api.call(method, path, sent);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await answer.json()) as Problem;
  expect(problem).toMatchObject({ type: 'about:blank', status: answer.status });
  return { ...problem, headers: answer.headers };
}

describe('problems', () => {
  it.each([
    ['GET', '/api/v1/nothing'],
    ['POST', '/api/v1/nothing'],
    ['GET', '/api'],
    ['GET', '/api/v2/cameras'],
    ['GET', '/api/docs/nothing.js'],
    ['GET', '/nothing.png'],
    ['GET', '/%c0%af.js'],
    ['GET', '/api/v1/cameras/none'],
    ['GET', '/api/v1/cameras/a%2Fb'],
    ['GET', '/api/v1/cameras/%00'],
    ['DELETE', '/api/v1/cameras/constructor'],
    ['GET', '/api/v1/cameras/__proto__/status'],
  ])('%s %s is not there', async (method, path) => {
    expect((await ask(method, path)).status).toBe(404);
  });

  it.each(['/api/v1/cameras/%zz', '/api/v1/cameras/%'])('%s cannot be read', async (path) => {
    expect((await ask('GET', path)).status).toBe(400);
  });

  it.each([
    ['PUT', '/api/v1/cameras', 'GET, POST'],
    ['DELETE', '/api/v1/cameras/', 'GET, POST'],
    ['PUT', '/api/v1/cameras/gate', 'GET, PATCH, DELETE'],
    ['POST', '/API/v1/system', 'GET'],
    ['POST', '/metrics', 'GET'],
  ])('%s is not possible at %s', async (method, path, allowed) => {
    const { status, headers, detail } = await ask(method, path);
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe(allowed);
    expect(detail).toContain(allowed);
  });

  it('lets HEAD be asked where GET can be', async () => {
    const answer = await api.call('HEAD', '/api/v1/cameras');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'nonsense',
  ])('does not read %s as a camera', async (type) => {
    const sent = {
      body: '{"name":"Gate","source":{"type":"test"}}',
      headers: { 'content-type': type },
    };
    const { status, detail } = await ask('POST', '/api/v1/cameras', sent);
    expect(status).toBe(415);
    expect(detail).toContain('application/json');
  });

  it('does not read a body in an unknown coding or alphabet', async () => {
    for (const headers of [
      { 'content-encoding': 'nonsense' },
      { 'content-type': 'application/json; charset=nonsense' },
    ]) {
      expect((await ask('POST', '/api/v1/cameras', { body: '{}', headers })).status).toBe(415);
    }
  });

  it('names a body that is missing, broken or too large', async () => {
    expect((await ask('POST', '/api/v1/cameras')).status).toBe(400);
    expect((await ask('POST', '/api/v1/cameras', { body: '{"name":' })).status).toBe(400);
    const body = { name: 'x'.repeat(300_000), source: { type: 'test' } };
    expect((await ask('POST', '/api/v1/cameras', { body })).status).toBe(413);
  });
});

describe('the log', () => {
  const caught = (error: unknown) => {
    const logged = vi.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const response = { headersSent: true, destroy: () => undefined };
    const host = { getType: () => 'http', switchToHttp: () => ({ getResponse: () => response }) };
    new ProblemFilter().catch(error, host as never);
    const { length } = logged.mock.calls;
    logged.mockRestore();
    return length;
  };

  it('tells what nobody foresaw, and not what a route announces', () => {
    expect(caught(new Error('A fault'))).toBe(1);
    expect(caught(new ServiceUnavailableException('No picture'))).toBe(0);
  });
});
