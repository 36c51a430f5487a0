import { Component, computed, DestroyRef, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Cameras } from '../cameras/cameras.ts';
import { ServerClock } from '../server/server-clock.ts';
import { Pulse } from '../shell/pulse.ts';
import { type EventFilter, isNarrow } from './event-filter.ts';
import { Onlookers } from './onlookers.ts';

/** What stands in place of events: that nothing was there follows only where somebody looked. */
@Component({
  selector: 'lo-no-events',
  imports: [MatButton],
  template: `
    <h2>No events{{ narrow() ? ' like these' : ' yet' }}</h2>
    @for (sentence of blind(); track sentence) {
      <p class="blind">{{ sentence }}</p>
    }
    @if (onlookers().length === 0) {
      <p>There is no camera to look at.</p>
    } @else if (blind().length > 0) {
      <p>What nobody looked at may have been there.</p>
    } @else {
      <p>
        {{ onlookers().length === 1 ? 'The camera is' : 'The cameras are' }} being looked at now:
        what is there for long enough makes an event. Whether anybody looked before is not recorded.
      </p>
    }
    @if (narrow()) {
      <button matButton type="button" (click)="showAll.emit()">Show all events</button>
    }
  `,
  styles: `
    h2 {
      color: var(--lo-text);
      font-size: 16px;
    }
    .blind {
      color: var(--lo-amber);
    }
  `,
})
export class NoEvents {
  readonly #cameras = inject(Cameras);
  readonly #onlookers = inject(Onlookers);
  readonly filter = input.required<EventFilter>();
  readonly showAll = output();

  readonly #now = signal(inject(ServerClock).now());
  readonly #past = computed(() => {
    const { to } = this.filter();
    return to !== null && to <= this.#now();
  });
  protected readonly narrow = computed(() => isNarrow(this.filter()));
  /** Whether the cameras in question are looked at. */
  protected readonly onlookers = computed(() => {
    const { cameraId, label } = this.filter();
    const question = { label, past: this.#past() };
    return (this.#cameras.list() ?? [])
      .filter(({ id }) => cameraId === null || id === cameraId)
      .map(({ id, name }) => ({ name, ...this.#onlookers.of(id, question) }));
  });
  /** Of cameras where nobody looks, a sentence for each reason. */
  protected readonly blind = computed(() => {
    const blind = this.onlookers().filter(({ looks }) => !looks);
    return [...Map.groupBy(blind, ({ short }) => short).values()].flatMap((cameras) =>
      cameras.slice(0, 1).map(({ sentence }) => sentence(namesOf(cameras))),
    );
  });

  constructor() {
    const clock = inject(ServerClock);
    const end = inject(Pulse).onBeat(() => {
      this.#now.set(clock.now());
    });
    inject(DestroyRef).onDestroy(end);
  }
}

/** At most so many names, and how many there are besides. */
function namesOf(cameras: readonly { readonly name: string }[]): string {
  const names = cameras.slice(0, 5).map(({ name }) => name);
  const more = cameras.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${String(more)} more`;
}
