import type { CookieOptions } from 'express';

export const SESSION_COOKIE = 'lookout_session';

/** @returns the session's secret in a Cookie header, if there is one */
export function readSessionCookie(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === SESSION_COOKIE && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** How the browser keeps the cookie: out of reach of scripts and of other sites. */
export function sessionCookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}
