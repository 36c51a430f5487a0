import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { PresenceEvent } from '@lookout/contracts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { CLOCK } from '../shell/clock.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { type EventFilter, queryOf } from './event-filter.ts';
import type { Span } from './span.ts';

/** The most that the server gives at once. */
const PAGE_SIZE = 200;
/** What a day of one picture can hold; more is said to be left out. */
export const MOST = 20_000;
const LOOK_MS = 10_000;

/** All events of a day that a filter lets through, whatever the list below has come to. */
@Injectable()
export class DayEvents {
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  readonly #visibility = inject(PageVisibility);
  #begun = 0;
  #wanted: { filter: EventFilter; day: Span } | undefined;

  readonly items = signal<readonly PresenceEvent[]>([]);
  /** Whether the day is still being fetched. */
  readonly busy = signal(false);
  /** Whether all of the day is here. */
  readonly whole = signal(false);
  readonly problem = signal<string | null>(null);

  constructor() {
    const destroyed = inject(DestroyRef);
    destroyed.onDestroy(this.#clock.every(LOOK_MS, () => void this.#look()));
    destroyed.onDestroy(() => (this.#begun += 1));
  }

  /** Fetches a day, the newest first; what came already is shown meanwhile. */
  async open(filter: EventFilter, day: Span): Promise<void> {
    const begun = (this.#begun += 1);
    this.#wanted = { filter: { ...filter, ...day }, day };
    this.items.set([]);
    this.whole.set(false);
    this.problem.set(null);
    this.busy.set(true);
    try {
      await this.#fetch(begun);
    } catch (error) {
      if (begun === this.#begun) this.problem.set(reasonOf(error));
    } finally {
      if (begun === this.#begun) this.busy.set(false);
    }
  }

  forget(id: string): void {
    this.items.update((items) => items.filter((item) => item.id !== id));
  }

  async #fetch(begun: number): Promise<void> {
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<DayEvents['page']>> = await this.page(cursor);
      if (begun !== this.#begun) return;
      this.items.update((items) => [...items, ...page.items]);
      cursor = page.nextCursor;
    } while (cursor !== null && this.items().length < MOST);
    this.whole.set(cursor === null);
  }

  /** Renews the newest of the day, which are those that change. */
  async #look(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === undefined || this.busy() || !this.#visibility.visible()) return;
    if (this.problem() !== null) return this.open(wanted.filter, wanted.day);
    if (this.#clock.now() > wanted.day.to) return;
    const begun = this.#begun;
    try {
      const { items } = await this.page(null);
      if (begun !== this.#begun) return;
      const renewed = new Set(items.map(({ id }) => id));
      this.items.update((old) => [...items, ...old.filter(({ id }) => !renewed.has(id))]);
    } catch (error) {
      if (begun === this.#begun) this.problem.set(reasonOf(error));
    }
  }

  private page(cursor: string | null) {
    const query = this.#wanted === undefined ? {} : queryOf(this.#wanted.filter);
    return this.#rest.get('/api/v1/events', {
      query: { ...query, limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) },
    });
  }
}
