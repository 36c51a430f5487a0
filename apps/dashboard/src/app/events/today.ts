import { inject, Injectable, signal } from '@angular/core';
import { ServerClock } from '../server/server-clock.ts';
import { Pulse } from '../shell/pulse.ts';
import { dayOf, type Span } from './span.ts';

/** The calendar day that it is; another one from midnight on, on a page that stays open. */
@Injectable({ providedIn: 'root' })
export class Today {
  readonly #clock = inject(ServerClock);
  readonly #day = signal<Span>(dayOf(this.#clock.now()));
  readonly day = this.#day.asReadonly();

  constructor() {
    inject(Pulse).onBeat(() => {
      const now = this.#clock.now();
      const { from, to } = this.#day();
      // A clock that is set right may go back as well.
      if (now < from || now >= to) this.#day.set(dayOf(now));
    });
  }
}
