import { TestBed } from '@angular/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { RequestFailure } from './request-failure.ts';
import { FETCH, Rest } from './rest.ts';

function setUp(response: Response) {
  const fetch = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(response),
  );
  TestBed.configureTestingModule({ providers: [{ provide: FETCH, useValue: fetch }] });
  return { fetch, rest: TestBed.inject(Rest) };
}

const empty = () => new Response(null, { status: 204 });

describe('Rest', () => {
  it('fills in the parameters of a path, escaped, and asks for the version that is meant', async () => {
    const { fetch, rest } = setUp(empty());
    await rest.delete('/api/v1/cameras/{id}', { path: { id: 'a/b?c' }, ifMatch: 4 });
    const [path, { method, headers, body }] = fetch.mock.calls[0] ?? ['', {}];
    expect([method, path, body]).toEqual(['DELETE', '/api/v1/cameras/a%2Fb%3Fc', undefined]);
    expect(headers).toEqual({ accept: 'application/json', 'if-match': '"4"' });
  });

  it('puts the query after the path and the body as JSON', async () => {
    const { fetch, rest } = setUp(new Response('{"items":[],"nextCursor":null}'));
    await rest.get('/api/v1/audit', { query: { limit: 5, cursor: '7&8' } });
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/v1/audit?limit=5&cursor=7%268');
    fetch.mockResolvedValue(new Response('{}', { status: 201 }));
    await rest.post('/api/v1/session', { body: { token: 'x' } });
    const [, { body, headers }] = fetch.mock.calls[1] ?? ['', {}];
    expect([body, new Headers(headers).get('content-type')]).toEqual([
      '{"token":"x"}',
      'application/json',
    ]);
  });

  it("fails with the server's words and the fields that they are about", async () => {
    const errors = [{ path: 'name', message: 'must not be empty' }];
    const problem = JSON.stringify({ title: 'Bad Request', status: 400, errors });
    const { rest } = setUp(new Response(problem, { status: 400 }));
    const failure = await rest.get('/api/v1/cameras').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RequestFailure);
    expect(failure).toMatchObject({ status: 400, message: 'Bad Request', fields: errors });
  });

  it('does not compile with what the server has not', () => {
    const { rest } = setUp(empty());
    const wrong = [
      // @ts-expect-error -- there is no such path
      () => rest.get('/api/v1/camera'),
      // @ts-expect-error -- nobody deletes the list
      () => rest.delete('/api/v1/cameras'),
      // @ts-expect-error -- whose status?
      () => rest.get('/api/v1/cameras/{id}/status'),
      // @ts-expect-error -- a camera has a source
      () => rest.post('/api/v1/cameras', { body: { name: 'Gate' } }),
      // @ts-expect-error -- a rate is a number
      () => rest.patch('/api/v1/cameras/{id}', { path: { id: 'a' }, body: { liveFps: '5' } }),
      // @ts-expect-error -- the page's size is called limit
      () => rest.get('/api/v1/audit', { query: { size: 5 } }),
    ];
    expect(wrong).toHaveLength(6);
  });
});
