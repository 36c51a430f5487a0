import { inject, Injectable, InjectionToken, signal } from '@angular/core';
import { CLOCK } from '../shell/clock.ts';
import { RequestFailure } from './request-failure.ts';
import type { AnswerOf, Method, PathOf, RequestArguments, SomeRequest } from './rest-types.ts';
import { ServerClock } from './server-clock.ts';

export const FETCH = new InjectionToken<typeof fetch>('fetch', {
  providedIn: 'root',
  factory: () => (input, init) => fetch(input, init),
});

const TIMEOUT_MS = 10_000;

/**
 * The server's REST calls, with errors as `RequestFailure` and the browser session's cookie. Paths,
 * parameters, bodies and answers are those of the OpenAPI document: what it does not have does not
 * compile.
 */
@Injectable({ providedIn: 'root' })
export class Rest {
  readonly #fetch = inject(FETCH);
  readonly #clock = inject(CLOCK);
  readonly #serverClock = inject(ServerClock);

  /** Counts the answers that said that nobody is signed in. */
  readonly refusals = signal(0);

  readonly get = this.#caller('get');
  readonly post = this.#caller('post');
  readonly patch = this.#caller('patch');
  readonly delete = this.#caller('delete');

  #caller<M extends Method>(method: M) {
    return async <Path extends PathOf<M>>(
      path: Path,
      ...[request]: RequestArguments<M, Path>
    ): Promise<AnswerOf<M, Path>> => {
      const response = await this.#send(method.toUpperCase(), path, request ?? {});
      const answer: unknown = response.status === 204 ? undefined : await response.json();
      return answer as AnswerOf<M, Path>;
    };
  }

  async #send(method: string, path: string, request: SomeRequest): Promise<Response> {
    const { body, ifMatch, timeoutMs = TIMEOUT_MS } = request;
    const sentAt = this.#clock.now();
    const response = await this.#fetch(addressOf(path, request), {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'if-match': `"${String(ifMatch)}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw RequestFailure.noAnswer();
    });
    this.#serverClock.noteDate(response.headers.get('date'), sentAt);
    if (response.ok) return response;
    if (response.status === 401) this.refusals.update((count) => count + 1);
    throw await RequestFailure.fromResponse(response);
  }
}

/** `/cameras/{id}` with its parameters filled in. */
function addressOf(template: string, { path = {}, query = {} }: SomeRequest): string {
  const place = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? place : `${place}?${search.toString()}`;
}
