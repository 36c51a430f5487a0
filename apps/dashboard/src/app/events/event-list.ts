import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { EventPage, PresenceEvent } from '@lookout/contracts';
import { LiveSocket } from '../server/live-socket.ts';
import { reasonOf } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { CLOCK } from '../shell/clock.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { ALL_EVENTS, type EventFilter, queryOf } from './event-filter.ts';
import { OpenEvents, type Told } from './open-events.ts';

/** Events that are fetched at once. */
export const PAGE_SIZE = 60;
/** How often it is asked what is new. */
export const LOOK_MS = 4000;

/**
 * The events of a filter, newest first, page by page. What happens meanwhile changes the events that
 * are here, and never where they are: new ones wait until they are called in.
 */
@Injectable()
export class EventList {
  readonly #rest = inject(Rest);
  readonly #clock = inject(CLOCK);
  readonly #visibility = inject(PageVisibility);
  #filter: EventFilter = ALL_EVENTS;
  /** Counts the lists that were begun: an answer for an older one is nobody's. */
  #begun = 0;
  #looking = false;
  /** Whether older ones were asked for and are not here: who asked does not ask again. */
  #wantsMore = false;
  readonly #open = new OpenEvents();

  readonly items = signal<readonly PresenceEvent[]>([]);
  /** Where older ones follow; `null` at the end. */
  readonly cursor = signal<string | null>(null);
  readonly busy = signal(false);
  /** Whether anything is known yet. */
  readonly loaded = signal(false);
  /** Why the last question went unanswered; `null` when it did not. */
  readonly problem = signal<string | null>(null);
  /** When the last answer came, in ms of the browser's wall clock. */
  readonly answeredAt = signal<number | null>(null);
  /** How many new ones wait. */
  readonly waiting = signal(0);

  constructor() {
    const destroyed = inject(DestroyRef);
    destroyed.onDestroy(this.#clock.every(LOOK_MS, () => void this.look()));
    destroyed.onDestroy(inject(LiveSocket).onEvent(() => void this.look()));
    destroyed.onDestroy(() => (this.#begun += 1));
  }

  /** Begins a list for this filter; what is shown goes at once. */
  open(filter: EventFilter): Promise<void> {
    this.#filter = filter;
    this.items.set([]);
    this.cursor.set(null);
    this.loaded.set(false);
    return this.renew();
  }

  /** Gets the newest again in place of all that is here. */
  async renew(): Promise<void> {
    const page = await this.#ask((this.#begun += 1));
    if (page === null) return;
    this.items.set(page.items);
    this.cursor.set(page.nextCursor);
    this.#wantsMore = false;
    this.waiting.set(0);
    this.loaded.set(true);
  }

  /** Gets what comes after the last one here. */
  async more(): Promise<void> {
    const cursor = this.cursor();
    if (cursor === null) return;
    this.#wantsMore = true;
    if (this.busy()) return;
    const page = await this.#ask(this.#begun, cursor);
    if (page === null) return;
    this.#wantsMore = false;
    this.items.update((items) => [...items, ...page.items]);
    this.cursor.set(page.nextCursor);
  }

  /** Sees what is new and what became of the events that are here. */
  async look(): Promise<void> {
    if (this.#looking || this.busy() || !this.#visibility.visible()) return;
    if (!this.loaded()) return this.renew();
    this.#looking = true;
    const begun = this.#begun;
    try {
      const page = await this.#get();
      if (begun === this.#begun) await this.#compare(page, begun);
      if (begun === this.#begun && this.#wantsMore) await this.more();
    } catch (error) {
      if (begun === this.#begun) this.problem.set(reasonOf(error));
    } finally {
      this.#looking = false;
    }
  }

  /** Takes an event out that is gone from the server. */
  forget(id: string): void {
    this.items.update((items) => items.filter((item) => item.id !== id));
  }

  async #compare({ items: newest, nextCursor }: EventPage, begun: number): Promise<void> {
    this.#answered();
    const known = new Set(this.items().map(({ id }) => id));
    if (known.size === 0) {
      this.items.set(newest);
      this.cursor.set(nextCursor);
      return;
    }
    // What is below the last one here is not new: it comes when the list is scrolled to there.
    const lowest = this.cursor() === null ? '' : (this.items().at(-1)?.startedAt ?? '');
    const isNew = ({ id, startedAt }: PresenceEvent) => !known.has(id) && startedAt > lowest;
    this.waiting.set(newest.filter(isNew).length);
    const told = new Map(newest.map((event) => [event.id, event]));
    const others = await this.#open.ask(this.items().filter(({ id }) => !told.has(id)));
    if (begun === this.#begun) this.#renewKnown(new Map([...told, ...others]));
  }

  #renewKnown(told: Told): void {
    this.items.update((items) => {
      const next = items.flatMap((item) => {
        const now = told.get(item.id);
        if (now === null) return [];
        return now === undefined || sameEvent(item, now) ? item : now;
      });
      const same = next.length === items.length && next.every((event, at) => event === items[at]);
      return same ? items : next;
    });
  }

  async #ask(begun: number, cursor?: string): Promise<EventPage | null> {
    this.busy.set(true);
    try {
      const page = await this.#get(cursor);
      if (begun !== this.#begun) return null;
      this.#answered();
      return page;
    } catch (error) {
      if (begun === this.#begun) this.problem.set(reasonOf(error));
      return null;
    } finally {
      if (begun === this.#begun) this.busy.set(false);
    }
  }

  #get(cursor?: string): Promise<EventPage> {
    const query = { ...queryOf(this.#filter), limit: PAGE_SIZE };
    return this.#rest.get('/api/v1/events', {
      query: cursor === undefined ? query : { ...query, cursor },
    });
  }

  #answered(): void {
    this.problem.set(null);
    this.answeredAt.set(this.#clock.now());
  }
}

function sameEvent(a: PresenceEvent, b: PresenceEvent): boolean {
  return (
    a.lastSeenAt === b.lastSeenAt &&
    a.state === b.state &&
    a.results === b.results &&
    a.gaps.length === b.gaps.length &&
    a.snapshot?.capturedAt === b.snapshot?.capturedAt
  );
}
