import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { EventPage, PresenceEvent } from '@lookout/contracts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { CLOCK } from '../shell/clock.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { type EventFilter, queryOf } from './event-filter.ts';
import { comparePlaces } from './neighbours.ts';
import type { Span } from './span.ts';
import { Turns } from './turns.ts';

/** The most that the server gives at once. */
const PAGE_SIZE = 200;
/** What a day of one picture can hold; more is said to be left out. */
export const MOST = 20_000;
const LOOK_MS = 10_000;
/** Events further down that have not ended are asked for one by one, so many each time. */
const OPEN_AT_ONCE = 4;

/** Events as they were told one by one; `null` for what is no longer among them. */
type Told = ReadonlyMap<string, PresenceEvent | null>;

/** All events of a day that a filter lets through, whatever the list below has come to. */
@Injectable()
export class DayEvents {
  readonly #rest = inject(Rest);
  readonly #clock = inject(ServerClock);
  readonly #visibility = inject(PageVisibility);
  readonly #turns = new Turns(OPEN_AT_ONCE);
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
    destroyed.onDestroy(inject(CLOCK).every(LOOK_MS, () => void this.#look()));
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

  /** Renews the newest of the day, and in turn what goes on further down. */
  async #look(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === undefined || this.busy() || !this.#visibility.visible()) return;
    if (this.problem() !== null) return this.open(wanted.filter, wanted.day);
    // What began on a day may go on when it is over.
    const open = this.items().some(({ state }) => state !== 'ended');
    if (!open && this.#clock.now() > wanted.day.to) return;
    const begun = this.#begun;
    try {
      const page = await this.page(null);
      if (begun !== this.#begun) return;
      const rest = below(page, this.items());
      if (rest === null) {
        await this.open(wanted.filter, wanted.day);
        return;
      }
      const told = await this.#askInTurn(rest.filter(({ state }) => state !== 'ended'));
      if (begun !== this.#begun) return;
      this.items.update((items) => [...page.items, ...renewed(below(page, items) ?? [], told)]);
    } catch (error) {
      if (begun === this.#begun) this.problem.set(reasonOf(error));
    }
  }

  async #askInTurn(events: readonly PresenceEvent[]): Promise<Told> {
    const told = new Map<string, PresenceEvent | null>();
    const turn = this.#turns.next(events);
    await Promise.all(turn.map(async ({ id }) => told.set(id, await this.#again(id))));
    return told;
  }

  /** As it is now; `null` when it is gone, or let through no longer. */
  async #again(id: string): Promise<PresenceEvent | null> {
    try {
      const event = await this.#rest.get('/api/v1/events/{id}', { path: { id } });
      const wanted = this.#wanted?.filter.state ?? null;
      return wanted === null || event.state === wanted ? event : null;
    } catch (error) {
      if (error instanceof RequestFailure && error.status === 404) return null;
      throw error;
    }
  }

  private page(cursor: string | null) {
    const query = this.#wanted === undefined ? {} : queryOf(this.#wanted.filter);
    return this.#rest.get('/api/v1/events', {
      query: { ...query, limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) },
    });
  }
}

/** What of a list lies below its newest page; `null` when nobody knows what lies between. */
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

function renewed(events: readonly PresenceEvent[], told: Told): PresenceEvent[] {
  return events
    .map((event) => (told.has(event.id) ? (told.get(event.id) ?? null) : event))
    .filter((event) => event !== null);
}
