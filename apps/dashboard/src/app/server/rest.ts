import { inject, Injectable, InjectionToken, signal } from '@angular/core';
import { CLOCK } from '../shell/clock.ts';
import { RequestFailure } from './request-failure.ts';
import { ServerClock } from './server-clock.ts';

export const FETCH = new InjectionToken<typeof fetch>('fetch', {
  providedIn: 'root',
  factory: () => (input, init) => fetch(input, init),
});

const TIMEOUT_MS = 10_000;

/** The server's REST calls, with errors as `RequestFailure` and the browser session's cookie. */
@Injectable({ providedIn: 'root' })
export class Rest {
  readonly #fetch = inject(FETCH);
  readonly #clock = inject(CLOCK);
  readonly #serverClock = inject(ServerClock);

  /** Counts the answers that said that nobody is signed in. */
  readonly refusals = signal(0);

  async get<T>(path: string): Promise<T> {
    return (await (await this.#send('GET', path)).json()) as T;
  }

  /** @param timeoutMs - for what may take its time */
  async post<T>(path: string, body: unknown, timeoutMs = TIMEOUT_MS): Promise<T> {
    return (await (await this.#send('POST', path, body, {}, timeoutMs)).json()) as T;
  }

  /** @param version - which one is meant; fails with 412 when it is no longer the newest */
  async patch<T>(path: string, body: unknown, version: number): Promise<T> {
    return (await (await this.#send('PATCH', path, body, ifMatch(version))).json()) as T;
  }

  /** @param version - as for `patch`; without it, whichever is there */
  async delete(path: string, version?: number): Promise<void> {
    await this.#send('DELETE', path, undefined, version === undefined ? {} : ifMatch(version));
  }

  async #send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
    timeoutMs = TIMEOUT_MS,
  ): Promise<Response> {
    const sentAt = this.#clock.now();
    const response = await this.#fetch(path, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json', ...headers },
      ...(body === undefined
        ? {}
        : {
            headers: {
              accept: 'application/json',
              'content-type': 'application/json',
              ...headers,
            },
            body: JSON.stringify(body),
          }),
    }).catch(() => {
      throw RequestFailure.noAnswer();
    });
    this.#serverClock.noteDate(response.headers.get('date'), sentAt);
    if (response.ok) return response;
    if (response.status === 401) this.refusals.update((count) => count + 1);
    throw await RequestFailure.fromResponse(response);
  }
}

function ifMatch(version: number): Readonly<Record<string, string>> {
  return { 'if-match': `"${String(version)}"` };
}
