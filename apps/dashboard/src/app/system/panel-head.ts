import { Component, computed, inject, input } from '@angular/core';
import { formatMoment } from '../figures/age.ts';
import type { Poll } from '../server/poll.ts';
import { CLOCK } from '../shell/clock.ts';
import { Icon } from '../shell/icon.ts';

/** The head of a panel whose figures are asked for again and again: of when they are. */
@Component({
  selector: 'lo-panel-head',
  imports: [Icon],
  template: `
    <header>
      <h2>{{ name() }}</h2>
      @if (poll().failure() === null && answeredAt() !== null) {
        <p>checked {{ answeredAt() }}, again {{ again() }}</p>
      }
    </header>
    @if (poll().problem(); as problem) {
      <p class="problem" role="alert">
        <lo-icon name="failed" />
        <span>
          {{ problem }}
          @if (answeredAt(); as at) {
            What follows is from the last answer, at {{ at }}.
          }
        </span>
      </p>
    } @else if (answeredAt() === null) {
      <p aria-busy="true">{{ waiting() }}</p>
    }
  `,
  styleUrl: './panel-head.scss',
})
export class PanelHead {
  readonly #clock = inject(CLOCK);
  readonly name = input.required<string>();
  readonly poll = input.required<Poll<unknown>>();
  /** How often it is asked for. */
  readonly again = input('every few seconds');
  /** What is said before the first answer. */
  readonly waiting = input('Loading…');
  protected readonly answeredAt = computed(() => {
    const at = this.poll().answeredAt();
    return at === null ? null : formatMoment(at, this.#clock.now());
  });
}
