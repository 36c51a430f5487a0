import {
  Component,
  computed,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton, MatIconButton } from '@angular/material/button';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import type { PresenceEvent } from '@lookout/contracts';
import { CopyButton } from '../camera-page/copy-button.ts';
import { Cameras } from '../cameras/cameras.ts';
import { formatMoment } from '../figures/age.ts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { Rest } from '../server/rest.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Session } from '../session/session.ts';
import { CLOCK } from '../shell/clock.ts';
import { Icon } from '../shell/icon.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { Pulse } from '../shell/pulse.ts';
import { Shortcuts } from '../shell/shortcuts.ts';
import { DayEvents } from './day-events.ts';
import { eventFigures, gapRows } from './event-figures.ts';
import { filterOf } from './event-filter.ts';
import { EventList, LOOK_MS } from './event-list.ts';
import { EventPicture, sameFrame } from './event-picture.ts';
import { eventView } from './event-words.ts';
import { type AskEvents, newerThan, olderThan } from './neighbours.ts';

interface Answer {
  readonly event: PresenceEvent;
  /** When it came, in ms since the Unix epoch by the server's clock. */
  readonly at: number;
}

/** One event: its picture with the boxes drawn, its figures, and the ways to those beside it. */
@Component({
  selector: 'lo-event-page',
  imports: [CopyButton, EventPicture, Icon, MatButton, MatIconButton, RouterLink],
  templateUrl: './event-page.html',
  styleUrl: './event-page.scss',
  host: { '(document:keydown)': 'onKey($event)' },
})
export class EventPage {
  readonly #rest = inject(Rest);
  readonly #router = inject(Router);
  readonly #clock = inject(ServerClock);
  readonly #cameras = inject(Cameras);
  readonly #list = inject(EventList);
  readonly #day = inject(DayEvents);
  readonly #shortcuts = inject(Shortcuts);
  readonly #params = toSignal(inject(ActivatedRoute).queryParamMap, { requireSync: true });
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  protected readonly session = inject(Session);

  /** From the address. */
  readonly id = input.required<string>();

  readonly #asked = resource({
    params: () => ({ id: this.id() }),
    loader: async ({ params }): Promise<Answer> => ({
      event: await this.#rest.get('/api/v1/events/{id}', { path: params }),
      at: this.#clock.now(),
    }),
  });
  readonly #failure = computed(() => {
    const error = this.#asked.error();
    return error?.cause instanceof RequestFailure ? error.cause : error;
  });
  readonly #gone = computed(() => {
    const failure = this.#failure();
    return failure instanceof RequestFailure && failure.status === 404;
  });
  /** What was told last, which stays while nothing answers. */
  readonly #told = linkedSignal<{ id: string; answer: Answer | null }, Answer | null>({
    source: () => ({
      id: this.id(),
      answer: this.#asked.hasValue() ? this.#asked.value() : null,
    }),
    computation: ({ id, answer }, before) =>
      answer ?? (before?.source.id === id ? before.value : null),
  });
  readonly #listed = computed(() => this.#list.items().find(({ id }) => id === this.id()));
  /** As the list has it, which is renewed; else as it was told from here. */
  protected readonly event = computed<PresenceEvent | null>(
    () => this.#listed() ?? (this.#gone() ? null : (this.#told()?.event ?? null)),
  );
  protected readonly problem = computed(() => {
    const failure = this.#failure();
    return failure === undefined || this.#listed() !== undefined ? null : reasonOf(failure);
  });
  /** Of when the event is while there is a problem. */
  protected readonly asOf = computed(() => {
    const at = this.#told()?.at;
    return at === undefined ? null : formatMoment(at, this.#now());
  });
  readonly #names = computed(
    () => new Map((this.#cameras.list() ?? []).map(({ id, name }) => [id, name])),
  );
  /** Ages go on while nothing is told. */
  readonly #now = signal(this.#clock.now());
  protected readonly view = computed(() => {
    const event = this.event();
    return event && eventView(event, this.#names(), this.#now());
  });
  protected readonly figures = computed(() => {
    const event = this.event();
    return event === null ? [] : eventFigures(event, this.#now());
  });
  protected readonly gaps = computed(() => {
    const event = this.event();
    return event === null ? [] : gapRows(event, this.#now());
  });
  protected readonly boxes = signal(true);
  protected readonly picture = computed(
    () => {
      const snapshot = this.event()?.snapshot ?? null;
      if (snapshot === null) return null;
      return { id: this.id(), capturedAt: snapshot.capturedAt, annotated: this.boxes() };
    },
    { equal: sameFrame },
  );
  readonly #place = computed(
    () => {
      const event = this.event();
      if (event === null) return undefined;
      return { id: event.id, startedAt: event.startedAt, filter: filterOf(this.#params()) };
    },
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  protected readonly neighbours = resource({
    params: () => this.#place(),
    loader: async ({ params: { id, startedAt, filter } }) => {
      const ask: AskEvents = (query) => this.#rest.get('/api/v1/events', { query });
      const [newer, older] = await Promise.all([
        newerThan({ id, startedAt }, filter, ask),
        olderThan({ id, startedAt }, filter, ask),
      ]);
      return { newer, older };
    },
  });
  readonly #beside = computed(() =>
    this.neighbours.hasValue() ? this.neighbours.value() : { newer: null, older: null },
  );
  protected readonly newer = computed(() => this.#beside().newer);
  protected readonly older = computed(() => this.#beside().older);

  /** Whether the deletion waits for a second word. */
  protected readonly asked = linkedSignal({ source: this.id, computation: () => false });
  protected readonly deleting = signal(false);
  protected readonly deleteProblem = linkedSignal<string, string | null>({
    source: this.id,
    computation: () => null,
  });

  protected readonly address = (): string => location.href;
  protected readonly json = (): string => JSON.stringify(this.event(), null, 2);

  constructor() {
    // Who came by keyboard goes on from here, not from the card; once, for they may type elsewhere.
    let focused: string | null = null;
    effect(() => {
      const [id, heading] = [this.id(), this.heading()];
      if (heading === undefined || id === focused) return;
      focused = id;
      heading.nativeElement.focus();
    });
    // The list renews its own events; one that is not in it and goes on is asked for from here.
    const { visible } = inject(PageVisibility);
    const end = inject(CLOCK).every(LOOK_MS, () => {
      if (!visible() || this.#gone() || this.#listed() !== undefined) return;
      if (this.event()?.state !== 'ended') this.#asked.reload();
    });
    const endBeats = inject(Pulse).onBeat(() => {
      this.#now.set(this.#clock.now());
    });
    inject(DestroyRef).onDestroy(() => {
      end();
      endBeats();
    });
  }

  protected close(): void {
    void this.#router.navigate(['/events'], { queryParamsHandling: 'preserve' });
  }

  protected onKey(event: KeyboardEvent): void {
    const key = this.#shortcuts.keyOf(event);
    if (event.target instanceof Element && event.target.closest('[role=slider]') !== null) return;
    if (key === 'Escape') this.close();
    else if (key === 'ArrowLeft') this.#go(this.newer());
    else if (key === 'ArrowRight') this.#go(this.older());
    else if (key === 'b') this.boxes.update((on) => !on);
    else return;
    event.preventDefault();
  }

  protected async remove(): Promise<void> {
    const id = this.id();
    const next = this.older() ?? this.newer();
    this.deleting.set(true);
    try {
      await this.#rest.delete('/api/v1/events/{id}', { path: { id } });
    } catch (error) {
      if (!(error instanceof RequestFailure && error.status === 404)) {
        this.deleteProblem.set(`It is still there: ${reasonOf(error)}`);
        return;
      }
    } finally {
      this.deleting.set(false);
      this.asked.set(false);
    }
    this.#list.forget(id);
    this.#day.forget(id);
    if (next === null) this.close();
    else this.#go(next);
  }

  #go(id: string | null): void {
    if (id === null) this.neighbours.reload();
    else {
      void this.#router.navigate(['/events', id], { queryParamsHandling: 'preserve' });
    }
  }
}
