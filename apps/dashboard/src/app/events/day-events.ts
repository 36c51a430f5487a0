import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { EventPage, EventState, PresenceEvent } from '@lookout/contracts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { CLOCK } from '../shell/clock.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { type EventFilter, queryOf } from './event-filter.ts';
import { comparePlaces } from './neighbours.ts';
import { OpenEvents, type Told } from './open-events.ts';
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
  readonly #clock = inject(ServerClock);
  readonly #visibility = inject(PageVisibility);
  readonly #open = new OpenEvents();
  #begun = 0;
  #wanted: EventFilter | undefined;
  /** Where the fetching of the day goes on. */
  #cursor: string | null = null;
  #looking = false;

  readonly items = signal<readonly PresenceEvent[]>([]);
  /** Whether the day is still being fetched. */
  readonly busy = signal(false);
  /** Whether the day was fetched once, as much of it as a picture holds. */
  readonly loaded = signal(false);
  /** Whether all of the day is here. */
  readonly whole = signal(false);
  /** Why the last question went unanswered; `null` when it did not. */
  readonly problem = signal<string | null>(null);
  /** When the last answer came, in ms since the Unix epoch by the server's clock. */
  readonly answeredAt = signal<number | null>(null);

  constructor() {
    const destroyed = inject(DestroyRef);
    destroyed.onDestroy(inject(CLOCK).every(LOOK_MS, () => void this.#look()));
    destroyed.onDestroy(() => (this.#begun += 1));
  }

  /** Fetches a day, the newest first; what came already is shown meanwhile. */
  open(filter: EventFilter, day: Span): Promise<void> {
    this.#begun += 1;
    this.#wanted = { ...filter, ...day };
    this.#cursor = null;
    this.items.set([]);
    this.loaded.set(false);
    this.whole.set(false);
    this.problem.set(null);
    return this.#fetch();
  }

  forget(id: string): void {
    this.items.update((items) => items.filter((item) => item.id !== id));
  }

  /** Fetches what is not here yet. */
  async #fetch(): Promise<void> {
    const begun = this.#begun;
    this.busy.set(true);
    try {
      do {
        const page = await this.#page(this.#cursor);
        if (begun !== this.#begun) return;
        this.items.update((items) => [...items, ...page.items]);
        this.#cursor = page.nextCursor;
        this.#answered();
      } while (this.#cursor !== null && this.items().length < MOST);
      this.loaded.set(true);
      this.whole.set(this.#cursor === null);
    } catch (error) {
      if (begun === this.#begun) this.problem.set(reasonOf(error));
    } finally {
      if (begun === this.#begun) this.busy.set(false);
    }
  }

  async #look(): Promise<void> {
    if (this.busy() || this.#looking || !this.#visibility.visible()) return;
    if (!this.loaded()) {
      if (this.#wanted !== undefined) await this.#fetch();
      return;
    }
    // What began on a day may go on when it is over, and what was asked last may be unanswered.
    const settled = this.problem() === null && this.items().every(({ state }) => state === 'ended');
    if (settled && this.#clock.now() > (this.#wanted?.to ?? Infinity)) return;
    const begun = this.#begun;
    this.#looking = true;
    try {
      await this.#renew(begun);
    } catch (error) {
      if (begun === this.#begun) this.problem.set(reasonOf(error));
    } finally {
      this.#looking = false;
    }
  }

  /** Renews the newest of the day, down to what is known, and in turn what goes on further down. */
  async #renew(begun: number): Promise<void> {
    const newest: PresenceEvent[] = [];
    let cursor: string | null = null;
    let rest: readonly PresenceEvent[] | null;
    do {
      const page: EventPage = await this.#page(cursor);
      if (begun !== this.#begun) return;
      newest.push(...page.items);
      cursor = page.nextCursor;
      rest = below({ items: newest, nextCursor: cursor }, this.items());
    } while (rest === null && newest.length < MOST);
    const told = await this.#open.ask(rest ?? []);
    if (begun !== this.#begun) return;
    const page = { items: newest, nextCursor: cursor };
    const state = this.#wanted?.state ?? null;
    this.items.update((items) => [...newest, ...renewed(below(page, items) ?? [], told, state)]);
    if (rest === null) this.whole.set(false);
    this.#answered();
  }

  #page(cursor: string | null): Promise<EventPage> {
    const query = this.#wanted === undefined ? {} : queryOf(this.#wanted);
    return this.#rest.get('/api/v1/events', {
      query: { ...query, limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) },
    });
  }

  #answered(): void {
    this.problem.set(null);
    this.answeredAt.set(this.#clock.now());
  }
}

/** What of a list lies below the newest of it; `null` when nobody knows what lies between. */
function below(
  { items, nextCursor }: EventPage,
  known: readonly PresenceEvent[],
): readonly PresenceEvent[] | null {
  const last = items.at(-1);
  if (nextCursor === null || last === undefined) return [];
  const from = known.findIndex((event) => comparePlaces(event, last) < 0);
  if (from < 0 && known.length > 0) return [];
  return from <= 0 ? null : known.slice(from);
}

/** With what was told of them, without what is gone or let through no longer. */
function renewed(
  events: readonly PresenceEvent[],
  told: Told,
  wanted: EventState | null,
): PresenceEvent[] {
  return events.flatMap((event) => {
    const now = told.get(event.id);
    if (now === undefined) return event;
    return now === null || (wanted !== null && now.state !== wanted) ? [] : now;
  });
}
