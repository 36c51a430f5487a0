import { DestroyRef, effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { PresenceEvent } from '@lookout/contracts';
import { LiveSocket } from '../server/live-socket.ts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { CLOCK } from '../shell/clock.ts';
import { PageVisibility } from '../shell/page-visibility.ts';

/** As many as the widest screen shows side by side. */
const COUNT = 16;
/** Several events often change together: they are asked for once. */
const GATHER_MS = 300;
/** For what nobody tells, as the events of cameras that are not watched. */
const ASK_MS = 15_000;

/** The newest events, renewed when the server tells that one changed. */
@Injectable()
export class RecentEvents {
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  readonly #visibility = inject(PageVisibility);
  #planned: (() => void) | undefined;
  #gone = false;
  #asked = 0;
  /** Number of the question that was answered: what comes of an older one is no news. */
  #answered = 0;

  /** `null` until the first answer. */
  readonly items = signal<readonly PresenceEvent[] | null>(null);
  /** Why the last question went unanswered; `null` when it did not. */
  readonly problem = signal<string | null>(null);

  constructor() {
    const destroyed = inject(DestroyRef);
    destroyed.onDestroy(
      inject(LiveSocket).onEvent(() => {
        this.#planned ??= this.#clock.after(GATHER_MS, () => void this.#ask());
      }),
    );
    destroyed.onDestroy(this.#clock.every(ASK_MS, () => void this.#ask()));
    destroyed.onDestroy(() => {
      this.#gone = true;
      this.#planned?.();
    });
    effect(() => {
      if (this.#visibility.visible()) untracked(() => void this.#ask());
    });
  }

  async #ask(): Promise<void> {
    this.#planned = undefined;
    if (!this.#visibility.visible() || this.#gone) return;
    const asked = (this.#asked += 1);
    let items: readonly PresenceEvent[] | null = null;
    let problem: string | null = null;
    try {
      ({ items } = await this.#rest.get('/api/v1/events', { query: { limit: COUNT } }));
    } catch (error) {
      problem = reasonOf(error);
    }
    if (asked < this.#answered) return;
    this.#answered = asked;
    if (items !== null) this.items.set(items);
    this.problem.set(problem);
  }
}
