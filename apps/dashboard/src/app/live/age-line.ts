import { Component, computed, input } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { formatMs } from '../figures/age.ts';
import { type Journey, journeysOf } from '../figures/journeys.ts';
import type { CameraWatch } from '../watch/camera-watch.ts';

/** Where the time of a camera's results and pictures goes. */
@Component({
  selector: 'lo-age-line',
  imports: [MatTooltip],
  template: `
    @for (journey of journeys(); track journey.name) {
      <div class="journey" role="group" [attr.aria-label]="label(journey)">
        <span class="name">{{ journey.name }}</span>
        <span class="bar" aria-hidden="true">
          @for (step of journey.steps; track step.name) {
            <span [style.flex-grow]="step.ms"></span>
          }
        </span>
        <ol>
          @for (step of journey.steps; track step.name) {
            <li [matTooltip]="step.meaning">
              {{ step.name }} <b>{{ format(step.ms) }}</b>
            </li>
          }
        </ol>
      </div>
    }
  `,
  styleUrl: './age-line.scss',
})
export class AgeLine {
  readonly watch = input.required<CameraWatch>();

  protected readonly journeys = computed(() => journeysOf(this.watch().news()?.ages));
  protected readonly format = formatMs;

  protected label({ name, ms }: Journey): string {
    return `Where the ${formatMs(ms)} of a ${name} go, by the medians of the last minute`;
  }
}
