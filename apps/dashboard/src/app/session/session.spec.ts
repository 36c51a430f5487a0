import { TestBed } from '@angular/core/testing';
import { ManualClock } from '@lookout/timing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FETCH, Rest } from '../server/rest.ts';
import { CLOCK } from '../shell/clock.ts';
import { Session } from './session.ts';

type Answer = { status: number; body?: unknown } | Error;

const admin = { status: 200, body: { role: 'admin', name: 'Admin', expiresAt: null } };

function setUp(...answers: Answer[]) {
  const clock = new ManualClock();
  const asked: string[] = [];
  const fetch = vi.fn((path: string, { method, body }: RequestInit) => {
    asked.push(`${method ?? ''} ${path} ${typeof body === 'string' ? body : ''}`.trim());
    const answer = answers.shift() ?? admin;
    if (answer instanceof Error) return Promise.reject(answer);
    const text = answer.body === undefined ? null : JSON.stringify(answer.body);
    return Promise.resolve(new Response(text, { status: answer.status }));
  });
  TestBed.configureTestingModule({
    providers: [
      { provide: CLOCK, useValue: clock },
      { provide: FETCH, useValue: fetch },
    ],
  });
  return { clock, asked, session: TestBed.inject(Session), rest: TestBed.inject(Rest) };
}

afterEach(() => {
  history.replaceState(null, '', '/');
});

describe('Session', () => {
  it('signs in with the token of the address and removes it from there', async () => {
    history.replaceState(null, '', '/cameras/gate?x=1#token=abc%2Fdef');
    const { asked, session } = setUp({ ...admin, status: 201 });
    const begun = session.begin();
    expect(location.href).not.toContain('token');
    expect(location.pathname + location.search).toBe('/cameras/gate?x=1');
    await begun;
    expect(asked).toEqual(['POST /api/v1/session {"token":"abc/def"}']);
    expect([session.state(), session.name(), session.role()]).toEqual(['open', 'Admin', 'admin']);
  });

  it('goes on with a session that is open', async () => {
    const { asked, session } = setUp(admin);
    await session.begin();
    expect(asked).toEqual(['GET /api/v1/session']);
    expect(session.state()).toBe('open');
  });

  it('asks for the token when no session is open, without a reproach', async () => {
    const { session } = setUp({ status: 401, body: {} });
    await session.begin();
    expect([session.state(), session.problem()]).toEqual(['closed', null]);
  });

  it('tries again when nothing answers', async () => {
    const { clock, session } = setUp(new TypeError('failed to fetch'), admin);
    await session.begin();
    expect([session.state(), session.problem()]).toEqual(['checking', 'Lookout does not answer.']);
    clock.advance(2000);
    await vi.waitFor(() => {
      expect(session.state()).toBe('open');
    });
  });

  it.each([
    [{ status: 401, body: {} }, /does not know this token/],
    [{ status: 429, body: {} }, /Too many failed attempts/],
    [{ status: 503, body: { detail: 'The database does not answer' } }, /database/],
    [new TypeError('failed to fetch'), /Is it running/],
  ])('says why a sign-in did not succeed: %o', async (answer, words) => {
    const { session } = setUp(answer);
    expect(await session.signIn('x')).toBe(false);
    expect(session.state()).toBe('closed');
    expect(session.problem()).toMatch(words);
  });

  it('ends when the server no longer knows it', async () => {
    const { session, rest } = setUp(admin, { status: 401, body: {} });
    await session.begin();
    await expect(rest.get('/api/v1/cameras')).rejects.toThrow();
    TestBed.tick();
    expect(session.state()).toBe('closed');
    expect(session.problem()).toMatch(/session has ended/);
  });

  it('signs out', async () => {
    const { asked, session } = setUp(admin, { status: 204 });
    await session.begin();
    await session.signOut();
    expect(asked.at(-1)).toBe('DELETE /api/v1/session');
    expect([session.state(), session.problem()]).toEqual(['closed', null]);
  });
});
