import {
  CdkFixedSizeVirtualScroll,
  CdkVirtualForOf,
  CdkVirtualScrollViewport,
} from '@angular/cdk/scrolling';
import {
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import type { PresenceEvent } from '@lookout/contracts';
import { neighbour } from '../live/grid-layout.ts';
import { Shortcuts } from '../shell/shortcuts.ts';
import { EventCard } from './event-card.ts';
import type { EventView } from './event-words.ts';
import { gridOf, rowsOf } from './event-rows.ts';

/** Rows from the end at which older events are fetched. */
const AHEAD = 6;

/** Cards in rows, of which only those in sight exist. */
@Component({
  selector: 'lo-event-grid',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport, EventCard],
  template: `
    <cdk-virtual-scroll-viewport
      [itemSize]="grid().rowHeight"
      [minBufferPx]="600"
      [maxBufferPx]="1200"
      (scrolledIndexChange)="scrolled($event)"
    >
      <ol
        *cdkVirtualFor="let row of rows(); trackBy: byPlace"
        [style.height.px]="grid().rowHeight"
        [style.--columns]="grid().columns"
      >
        @for (event of row; track $index) {
          <li>
            <lo-event-card
              [class.flat]="grid().flat"
              [view]="view()(event)"
              [here]="event.id === here()"
            />
          </li>
        }
      </ol>
      <ng-content />
    </cdk-virtual-scroll-viewport>
  `,
  styles: `
    :host,
    cdk-virtual-scroll-viewport {
      display: block;
      height: 100%;
    }
    ol {
      display: grid;
      grid-template-rows: minmax(0, 1fr);
      grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
      gap: 0 10px;
      margin: 0;
      padding: 0 2px;
      list-style: none;
    }
    /* The space below a row: of a list itself the viewport takes it away. */
    li {
      min-width: 0;
      min-height: 0;
      padding-bottom: 10px;
    }
  `,
  host: { '(keydown)': 'onKey($event)' },
})
export class EventGrid {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  readonly #shortcuts = inject(Shortcuts);
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);
  readonly events = input.required<readonly PresenceEvent[]>();
  readonly view = input.required<(event: PresenceEvent) => EventView>();
  /** Id of the one that is open. */
  readonly here = input<string | null>(null);
  /** The end is near. */
  readonly wantMore = output();

  readonly #width = signal(1000);
  protected readonly grid = computed(() => gridOf(this.#width()));
  protected readonly rows = computed(() => rowsOf(this.events(), this.grid().columns));
  /** Number of the first event in sight. */
  #first = 0;

  protected readonly byPlace = (index: number): number => index;

  constructor() {
    effect((onCleanup) => {
      const element = this.#host.nativeElement;
      const size = new ResizeObserver(() => {
        this.#width.set(element.clientWidth);
        this.viewport().checkViewportSize();
      });
      size.observe(element);
      onCleanup(() => {
        size.disconnect();
      });
    });
    // With other columns the same events stay in sight.
    effect(() => {
      const { columns } = this.grid();
      const first = untracked(() => this.#first);
      if (first > 0)
        queueMicrotask(() => {
          this.viewport().scrollToIndex(Math.floor(first / columns));
        });
    });
    effect(() => {
      this.rows();
      this.#askForMore();
    });
  }

  toTop(): void {
    this.viewport().scrollToIndex(0);
  }

  protected scrolled(row: number): void {
    this.#first = row * this.grid().columns;
    this.#askForMore();
  }

  protected onKey(event: KeyboardEvent): void {
    const key = this.#shortcuts.keyOf(event);
    const card = event.target instanceof Element ? event.target.closest('[data-event]') : null;
    const events = this.events();
    const from = events.findIndex(({ id }) => id === card?.getAttribute('data-event'));
    if (key === null || from < 0 || !key.startsWith('Arrow')) return;
    event.preventDefault();
    const to = events[neighbour(from, key, this.grid().columns, events.length)];
    const found =
      to && this.#host.nativeElement.querySelector<HTMLElement>(`[data-event="${to.id}"]`);
    found?.focus();
    found?.scrollIntoView({ block: 'nearest' });
  }

  #askForMore(): void {
    const { columns, rowHeight } = this.grid();
    const height = this.#host.nativeElement.clientHeight;
    const last = this.#first / columns + height / rowHeight;
    if (last + AHEAD >= untracked(this.rows).length) this.wantMore.emit();
  }
}
