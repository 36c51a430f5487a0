import { Component, computed, effect, inject, untracked, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, NavigationEnd, Router, RouterOutlet } from '@angular/router';
import type { PresenceEvent } from '@lookout/contracts';
import { filter, map, startWith } from 'rxjs';
import { Cameras } from '../cameras/cameras.ts';
import { formatMoment } from '../figures/age.ts';
import { Shortcuts } from '../shell/shortcuts.ts';
import { DayEvents } from './day-events.ts';
import { DayTimeline } from './day-timeline.ts';
import { ALL_EVENTS, type EventFilter, filterOf, isNarrow, queryOf } from './event-filter.ts';
import { EventFilters } from './event-filters.ts';
import { EventGrid } from './event-grid.ts';
import { EventList, PAGE_SIZE } from './event-list.ts';
import { eventView } from './event-words.ts';
import { NoEvents } from './no-events.ts';
import { dayShown, sameSpan, type Span } from './span.ts';
import { Today } from './today.ts';

/** What happened in front of the cameras: a day at a glance, and each event with its picture. */
@Component({
  selector: 'lo-events-page',
  imports: [DayTimeline, EventFilters, EventGrid, NoEvents, RouterOutlet],
  providers: [DayEvents, EventList],
  templateUrl: './events-page.html',
  styleUrl: './events-page.scss',
  host: { '(keydown)': 'onKey($event)', '[class.open]': 'here() !== null' },
})
export class EventsPage {
  readonly #router = inject(Router);
  readonly #route = inject(ActivatedRoute);
  readonly #today = inject(Today).day;
  readonly #cameras = inject(Cameras);
  readonly #shortcuts = inject(Shortcuts);
  readonly #day = inject(DayEvents);
  private readonly grid = viewChild(EventGrid);
  protected readonly list = inject(EventList);

  readonly #params = toSignal(this.#route.queryParamMap, { requireSync: true });
  protected readonly filter = computed(() => filterOf(this.#params()), {
    equal: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  /** Id of the event that is open beside the list. */
  protected readonly here = toSignal(
    this.#router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      startWith(null),
      map(() => this.#route.snapshot.firstChild?.paramMap.get('id') ?? null),
    ),
    { initialValue: null },
  );
  protected readonly day = computed(
    () => {
      const { from, to } = this.filter();
      return dayShown(from, to, this.#today());
    },
    { equal: sameSpan },
  );
  protected readonly chosen = computed<Span | null>(() => {
    const { from, to } = this.filter();
    if (from === null && to === null) return null;
    return { from: from ?? this.day().from, to: to ?? this.day().to };
  });
  readonly #names = computed(
    () => new Map((this.#cameras.list() ?? []).map(({ id, name }) => [id, name])),
  );
  protected readonly labels = computed(() =>
    [...new Set([...this.list.items(), ...this.#day.items()].map(({ label }) => label))].sort(),
  );
  protected readonly view = computed(() => {
    const names = this.#names();
    const today = this.#today().from;
    return (event: PresenceEvent) => eventView(event, names, today);
  });
  protected readonly narrow = computed(() => isNarrow(this.filter()));
  protected readonly asOf = computed(() => {
    const at = this.list.answeredAt();
    return at === null ? null : formatMoment(at, Date.now());
  });
  protected readonly everything = ALL_EVENTS;
  /** There may be more new ones than are told at once. */
  protected readonly most = PAGE_SIZE;

  constructor() {
    effect(() => {
      const wanted = this.filter();
      untracked(() => void this.list.open(wanted));
    });
    effect(() => {
      const { cameraId, label, state } = this.filter();
      const day = this.day();
      untracked(() => void this.#day.open({ cameraId, label, state, from: null, to: null }, day));
    });
  }

  protected narrowTo(wanted: EventFilter): void {
    void this.#router.navigate([], { relativeTo: this.#route, queryParams: queryOf(wanted) });
  }

  protected narrowToTime({ from, to }: Span): void {
    this.narrowTo({ ...this.filter(), from, to });
  }

  protected open({ id }: PresenceEvent): void {
    void this.#router.navigate(['/events', id], { queryParamsHandling: 'preserve' });
  }

  protected async showNew(): Promise<void> {
    await this.list.renew();
    this.grid()?.toTop();
  }

  protected onKey(event: KeyboardEvent): void {
    if (this.#shortcuts.keyOf(event) !== 'n' || this.list.waiting() === 0) return;
    event.preventDefault();
    void this.showNew();
  }
}
