import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Cameras } from '../cameras/cameras.ts';
import { Icon } from '../shell/icon.ts';
import { ALL_EVENTS, type EventFilter, isNarrow, STATES } from './event-filter.ts';
import { dayBeside, fieldMoment, fieldText, type Span, spanText } from './span.ts';
import { Today } from './today.ts';

/** Which events are shown: of which camera, label and state, and when. */
@Component({
  selector: 'lo-event-filters',
  imports: [Icon, MatButton, MatIconButton],
  templateUrl: './event-filters.html',
  styleUrl: './event-filters.scss',
})
export class EventFilters {
  readonly #today = inject(Today).day;
  readonly #list = inject(Cameras).list;
  readonly filter = input.required<EventFilter>();
  /** The day that the picture above the list shows. */
  readonly day = input.required<Span>();
  /** Labels that are known to occur. */
  readonly labels = input.required<readonly string[]>();
  readonly filterChange = output<EventFilter>();
  protected readonly states = STATES;
  protected readonly text = fieldText;
  protected readonly narrow = computed(() => isNarrow(this.filter()));
  protected readonly everything = ALL_EVENTS;

  protected readonly cameras = computed(() => {
    const known = (this.#list() ?? []).map(({ id, name }) => ({ id, name }));
    const chosen = this.filter().cameraId;
    // One that was deleted, or that is not known yet, stays chosen.
    return chosen === null || known.some(({ id }) => id === chosen)
      ? known
      : [...known, { id: chosen, name: chosen }];
  });
  protected readonly dayName = computed(() =>
    new Date(this.day().from).toLocaleDateString('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    }),
  );
  protected readonly chosenTime = computed(() =>
    spanText(this.filter().from, this.filter().to, this.day()),
  );
  protected readonly isToday = computed(() => this.day().to >= this.#today().to);

  protected set(changes: Partial<EventFilter>): void {
    this.filterChange.emit({ ...this.filter(), ...changes });
  }

  protected setLabel(text: string): void {
    const label = text.trim();
    const known = this.labels().find((one) => one.toLowerCase() === label.toLowerCase());
    this.set({ label: label === '' ? null : (known ?? label) });
  }

  protected setTime(end: 'from' | 'to', text: string): void {
    const moment = fieldMoment(text);
    const other = this.filter()[end === 'from' ? 'to' : 'from'];
    // A time that ends before it begins holds nothing: the other end gives way.
    const turned =
      moment !== null && other !== null && (end === 'from' ? moment >= other : moment <= other);
    if (end === 'from') this.set({ from: moment, ...(turned ? { to: null } : {}) });
    else this.set({ to: moment, ...(turned ? { from: null } : {}) });
  }

  protected goTo(days: number): void {
    this.set(dayBeside(this.day(), days));
  }
}
