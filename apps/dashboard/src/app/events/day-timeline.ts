import { Component, computed, DestroyRef, inject, input, output, signal } from '@angular/core';
import type { PresenceEvent } from '@lookout/contracts';
import { Cameras } from '../cameras/cameras.ts';
import { formatCount, formatMoment } from '../figures/age.ts';
import { classColour } from '../picture/class-colour.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Icon } from '../shell/icon.ts';
import { Pulse } from '../shell/pulse.ts';
import { stored } from '../shell/stored.ts';
import { DayEvents, MOST } from './day-events.ts';
import { DayRow } from './day-row.ts';
import { eventView } from './event-words.ts';
import { Onlookers } from './onlookers.ts';
import { hoursOf, type Span } from './span.ts';

/** Beats of half a second between two looks at the clock. */
const NOW_EVERY = 20;
const PHONE_WIDTH = 700;

/** What was there on one day, camera by camera. */
@Component({
  selector: 'lo-day-timeline',
  imports: [DayRow, Icon],
  templateUrl: './day-timeline.html',
  styleUrl: './day-timeline.scss',
})
export class DayTimeline {
  readonly #cameras = inject(Cameras);
  readonly #onlookers = inject(Onlookers);
  readonly #clock = inject(ServerClock);
  protected readonly day = inject(DayEvents);
  readonly span = input.required<Span>();
  readonly cameraId = input.required<string | null>();
  readonly label = input.required<string | null>();
  readonly chosen = input.required<Span | null>();
  readonly opened = output<PresenceEvent>();
  readonly choose = output<Span>();

  protected readonly most = formatCount(MOST);
  protected readonly open = signal(
    stored.read('day') !== 'folded' && window.innerWidth >= PHONE_WIDTH,
  );
  protected readonly now = signal(this.#clock.now());
  readonly #names = computed(
    () => new Map((this.#cameras.list() ?? []).map(({ id, name }) => [id, name])),
  );
  protected readonly rows = computed(() => {
    const byCamera = Map.groupBy(this.day.items(), ({ cameraId }) => cameraId);
    // Of a camera that was deleted the events remain, until they are too old.
    const ids = new Set([...this.#names().keys(), ...byCamera.keys()]);
    const wanted = this.cameraId();
    return [...ids]
      .filter((id) => wanted === null || id === wanted)
      .map((id) => {
        const events = byCamera.get(id) ?? [];
        return { id, name: this.#names().get(id) ?? id, events };
      });
  });
  protected readonly hours = computed(() => {
    const { from, to } = this.span();
    return hoursOf(this.span(), 3).map((hour) => ({
      left: ((hour - from) / (to - from)) * 100,
      words: String(new Date(hour).getHours()).padStart(2, '0'),
    }));
  });
  protected readonly labels = computed(() =>
    [...new Set(this.day.items().map(({ label }) => label))]
      .sort()
      .slice(0, 12)
      .map((label) => ({ label, colour: classColour(label) })),
  );
  protected readonly pointedId = signal<string | null>(null);
  protected readonly pointed = computed(() => {
    const wanted = this.pointedId();
    return wanted === null ? undefined : this.day.items().find(({ id }) => id === wanted);
  });
  protected readonly count = computed(() => formatCount(this.day.items().length));
  protected readonly trouble = computed(() => {
    const [problem, at] = [this.day.problem(), this.day.answeredAt()];
    if (problem === null) return null;
    if (!this.day.loaded() || at === null) return `The day is not wholly known: ${problem}`;
    return `What is drawn is of ${formatMoment(at, this.now())}: ${problem}`;
  });
  protected readonly words = (event: PresenceEvent): string =>
    eventView(event, this.#names(), this.now()).says;

  constructor() {
    let beats = 0;
    const end = inject(Pulse).onBeat(() => {
      beats += 1;
      if (beats % NOW_EVERY === 0) this.now.set(this.#clock.now());
    });
    inject(DestroyRef).onDestroy(end);
  }

  protected fold(open: boolean): void {
    this.open.set(open);
    stored.write('day', open ? 'open' : 'folded');
  }

  /** What stands in a row without events: an empty row alone would say that nothing was there. */
  protected note(id: string): string {
    if (this.day.busy()) return '';
    if (this.day.problem() !== null) return 'not known';
    if (!this.day.whole()) return 'not known: the day has more events than are drawn';
    const past = this.span().to <= this.now();
    return this.#onlookers.of(id, { label: this.label(), past }).short;
  }
}
