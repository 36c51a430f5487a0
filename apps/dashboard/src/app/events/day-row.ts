import {
  Component,
  computed,
  effect,
  type ElementRef,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import type { PresenceEvent } from '@lookout/contracts';
import { eventAt, lanesOf, marksOf } from './day-lanes.ts';
import { LANE_HEIGHT, paintDay, ROW_PADDING } from './day-painter.ts';
import type { Span } from './span.ts';

/** Lanes that a row has room for; labels that are rarer share the last one. */
const MOST_LANES = 6;
/** How far beside an event a click still means it, in pixels. */
const REACH = 6;
/** A pointer that moved less than this was not meant to drag. */
const DRAG = 5;

/**
 * One camera's day as a picture. Arrow keys go from event to event, which are told as the value of a
 * slider; a drag chooses a time.
 */
@Component({
  selector: 'lo-day-row',
  template: `<canvas #canvas aria-hidden="true"></canvas>
    @if (selection(); as chosen) {
      <i class="chosen" [style.left.%]="chosen.left" [style.width.%]="chosen.width"></i>
    }
    @if (mark(); as mark) {
      <i class="mark" [style.left.%]="mark.left"></i>
    }
    @if (note() !== '') {
      <span class="note">{{ note() }}</span>
    }`,
  styleUrl: './day-row.scss',
  host: {
    role: 'slider',
    tabindex: '0',
    'aria-valuemin': '0',
    '[attr.aria-label]': "name() + ', events of the day'",
    '[attr.aria-valuemax]': 'ordered().length',
    '[attr.aria-valuenow]': 'place() + 1',
    '[attr.aria-valuetext]': 'says()',
    '[style.height.px]': 'height()',
    '(keydown)': 'onKey($event)',
    '(pointerdown)': 'press($event)',
    '(pointermove)': 'move($event)',
    '(pointerup)': 'release($event)',
    '(pointercancel)': 'drag.set(null)',
    '(pointerleave)': 'hover(null)',
    '(blur)': 'hover(null)',
  },
})
export class DayRow {
  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');
  readonly name = input.required<string>();
  readonly events = input.required<readonly PresenceEvent[]>();
  readonly span = input.required<Span>();
  readonly now = input.required<number>();
  /** The time that the list below shows; `null` for no particular one. */
  readonly chosen = input<Span | null>(null);
  /** What is said where there is nothing to draw. */
  readonly note = input('');
  /** In words, for the event that is pointed at. */
  readonly words = input.required<(event: PresenceEvent) => string>();
  /** Id of the event that is pointed at. */
  readonly pointed = output<string | null>();
  readonly opened = output<PresenceEvent>();
  readonly choose = output<Span>();

  readonly #width = signal(0);
  protected readonly drag = signal<{ from: number; to: number } | null>(null);
  readonly #currentId = signal<string | null>(null);
  protected readonly ordered = computed(() =>
    this.events().toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)),
  );
  protected readonly place = computed(() => {
    const id = this.#currentId();
    return id === null ? -1 : this.ordered().findIndex((event) => event.id === id);
  });
  /** As it is by now. */
  readonly #current = computed(() => this.ordered()[this.place()] ?? null);
  readonly #lanes = computed(() => {
    const lanes = lanesOf(this.events());
    if (lanes.length <= MOST_LANES) return lanes;
    const rest = lanes.slice(MOST_LANES - 1).flatMap(({ events }) => events);
    return [...lanes.slice(0, MOST_LANES - 1), { label: null, events: rest }];
  });
  protected readonly height = computed(
    () => 2 * ROW_PADDING + Math.max(2, this.#lanes().length) * LANE_HEIGHT,
  );
  protected readonly says = computed(() => {
    const event = this.#current();
    if (event !== null) return this.words()(event);
    const count = this.events().length;
    if (count === 0) return this.note();
    return count === 1 ? '1 event' : `${String(count)} events`;
  });
  protected readonly selection = computed(() => {
    const span = this.drag() ?? this.chosen();
    if (span === null) return null;
    const left = this.#percent(Math.min(span.from, span.to));
    const right = this.#percent(Math.max(span.from, span.to));
    return left <= 0 && right >= 100 ? null : { left, width: right - left };
  });
  protected readonly mark = computed(() => {
    const event = this.#current();
    return event === null ? null : { left: this.#percent(Date.parse(event.startedAt)) };
  });

  constructor() {
    effect((onCleanup) => {
      const canvas = this.canvas().nativeElement;
      const size = new ResizeObserver(() => {
        this.#width.set(canvas.clientWidth);
      });
      size.observe(canvas);
      onCleanup(() => {
        size.disconnect();
      });
    });
    effect(() => {
      const [width, height] = [this.#width(), this.height()];
      const lanes = this.#lanes().map(({ label, events }) => ({
        label,
        marks: marksOf(events, this.span(), width, this.now()),
      }));
      paintDay(this.canvas().nativeElement, { width, height }, lanes, this.span(), this.now());
    });
  }

  protected onKey(event: KeyboardEvent): void {
    const ordered = this.ordered();
    const to = {
      ArrowLeft: this.place() - 1,
      ArrowRight: this.place() + 1,
      Home: 0,
      End: Infinity,
    }[event.key];
    const current = this.#current();
    if (event.key === 'Enter' && current !== null) this.opened.emit(current);
    else if (to !== undefined && ordered.length > 0) {
      this.hover(ordered[Math.min(Math.max(0, to), ordered.length - 1)] ?? null);
    } else return;
    event.preventDefault();
  }

  protected press(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#element(event).setPointerCapture(event.pointerId);
    const at = this.#momentOf(event);
    this.drag.set({ from: at, to: at });
  }

  protected move(event: PointerEvent): void {
    const to = this.#momentOf(event);
    if (this.drag() === null) this.hover(this.#eventUnder(event));
    else this.drag.update((drag) => drag && { ...drag, to });
  }

  protected release(event: PointerEvent): void {
    const drag = this.drag();
    this.drag.set(null);
    if (drag === null) return;
    const far = (Math.abs(drag.to - drag.from) / this.#length()) * this.#width() >= DRAG;
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    if (far) {
      this.choose.emit({ from: Math.round(from), to: Math.round(to) });
      return;
    }
    const under = this.#eventUnder(event);
    if (under !== null) this.opened.emit(under);
  }

  protected hover(event: PresenceEvent | null): void {
    this.#currentId.set(event?.id ?? null);
    this.pointed.emit(event?.id ?? null);
  }

  #eventUnder(event: PointerEvent): PresenceEvent | null {
    const y = event.clientY - this.#element(event).getBoundingClientRect().top - ROW_PADDING;
    const lanes = this.#lanes();
    const lane = lanes[Math.min(Math.max(0, Math.floor(y / LANE_HEIGHT)), lanes.length - 1)];
    const reach = (REACH / Math.max(1, this.#width())) * this.#length();
    return lane === undefined ? null : eventAt(lane.events, this.#momentOf(event), reach);
  }

  #momentOf(event: PointerEvent): number {
    const { left, width } = this.#element(event).getBoundingClientRect();
    const share = Math.min(Math.max(0, (event.clientX - left) / width), 1);
    return this.span().from + share * this.#length();
  }

  #element(event: PointerEvent): HTMLElement {
    return event.currentTarget as HTMLElement;
  }

  #length(): number {
    return this.span().to - this.span().from;
  }

  #percent(moment: number): number {
    const share = (moment - this.span().from) / this.#length();
    return Math.min(Math.max(0, share), 1) * 100;
  }
}
