import { DOCUMENT, effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { Role, Session as SessionView } from '@lookout/contracts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { CLOCK } from '../shell/clock.ts';

export type SessionState = 'checking' | 'open' | 'closed';

const RANK: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 };

const PATH = '/api/v1/session';
const RETRY_MS = 2000;

/** Who is signed in at this browser. */
@Injectable({ providedIn: 'root' })
export class Session {
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  readonly #document = inject(DOCUMENT);

  readonly state = signal<SessionState>('checking');
  readonly name = signal('');
  /** `null` while nobody is signed in. */
  readonly role = signal<Role | null>(null);
  /** Why the last sign-in, or the look whether one is open, did not succeed; `null` when it did. */
  readonly problem = signal<string | null>(null);

  constructor() {
    effect(() => {
      if (this.#rest.refusals() > 0 && untracked(this.state) === 'open') this.#end(EXPIRED);
    });
  }

  /** Whether who is signed in may do what takes this role. */
  may(needed: Role): boolean {
    const role = this.role();
    return role !== null && RANK[role] >= RANK[needed];
  }

  /** Signs in with the token of the address, if it has one, else looks whether a session is open. */
  async begin(): Promise<void> {
    const token = this.#takeTokenFromAddress();
    if (token === null) await this.#resume();
    else await this.signIn(token);
  }

  /** @returns whether it succeeded; if not, `problem` says why */
  async signIn(token: string): Promise<boolean> {
    try {
      this.#enter(await this.#rest.post(PATH, { body: { token } }));
      return true;
    } catch (error) {
      this.#end(signInProblem(error));
      return false;
    }
  }

  async signOut(): Promise<void> {
    await this.#rest.delete(PATH);
    this.#end(null);
  }

  async #resume(): Promise<void> {
    try {
      this.#enter(await this.#rest.get(PATH));
    } catch (error) {
      if (error instanceof RequestFailure && error.status === 401) {
        this.#end(null);
        return;
      }
      this.problem.set(reasonOf(error));
      this.#clock.after(RETRY_MS, () => void this.#resume());
    }
  }

  #enter(view: SessionView): void {
    this.name.set(view.name);
    this.role.set(view.role);
    this.problem.set(null);
    this.state.set('open');
  }

  #end(problem: string | null): void {
    this.name.set('');
    this.role.set(null);
    this.problem.set(problem);
    this.state.set('closed');
  }

  #takeTokenFromAddress(): string | null {
    const { location, history } = this.#document.defaultView ?? {};
    if (location === undefined || history === undefined) return null;
    const fragment = new URLSearchParams(location.hash.slice(1));
    const token = fragment.get('token');
    if (token === null) return null;
    // At once and without a trace in the history: a token in an address gets copied and shown.
    history.replaceState(history.state, '', location.pathname + location.search);
    return token;
  }
}

const EXPIRED = 'Your session has ended. Sign in again.';

function signInProblem(error: unknown): string {
  if (!(error instanceof RequestFailure)) return reasonOf(error);
  if (error.status === 401)
    return 'Lookout does not know this token. Check that it was copied whole.';
  if (error.status === 429) {
    return 'Too many failed attempts from this address. Wait a minute, then try again.';
  }
  if (error.status === 0) return 'Lookout does not answer. Is it running? Try again in a moment.';
  return error.message;
}
