import { Component, computed, input } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { formatCount, formatMs, formatRate } from '../figures/age.ts';
import { missedByDetector } from '../figures/missed.ts';
import type { CameraWatch } from '../watch/camera-watch.ts';
import { AgeLine } from './age-line.ts';
import { ShareLine } from './share-line.ts';

/** The figures of one camera, for who wants to know why it is slow. */
@Component({
  selector: 'lo-figures-line',
  imports: [AgeLine, MatTooltip, ShareLine],
  template: `
    <dl>
      @for (rate of rates(); track rate.name) {
        <div [matTooltip]="rate.meaning">
          <dt>{{ rate.name }}</dt>
          <dd>{{ rate.value }}</dd>
        </div>
      }
      <span class="unit">fps</span>
    </dl>
    <dl class="times">
      @for (figure of times(); track figure.name) {
        <div [matTooltip]="figure.meaning">
          <dt>{{ figure.name }}</dt>
          <dd>{{ figure.value }}</dd>
        </div>
      }
    </dl>
    <lo-share-line [watch]="watch()" />
    <lo-age-line [watch]="watch()" />
  `,
  styleUrl: './figures-line.scss',
})
export class FiguresLine {
  readonly watch = input.required<CameraWatch>();

  protected readonly rates = computed(() => {
    const rates = this.watch().news()?.rates;
    return [
      {
        name: 'capture',
        value: formatRate(rates?.capture),
        meaning: 'Frames a second that the camera delivers',
      },
      {
        name: 'live',
        value: formatRate(rates?.live),
        meaning: 'Frames a second that the server offers to viewers',
      },
      {
        name: 'offered',
        value: formatRate(rates?.offered),
        meaning: 'Frames a second that are offered to the detector',
      },
      {
        name: 'detected',
        value: formatRate(rates?.detected),
        meaning: 'Frames a second that got a result',
      },
    ];
  });

  protected readonly times = computed(() => {
    const facts = this.watch().facts();
    const status = this.watch().news();
    const books = status?.books ?? null;
    return [
      {
        name: 'inference',
        value: formatMs(status?.inferenceMs?.p50),
        meaning: 'Median time in the inference engine over the last minute',
      },
      {
        name: 'picture',
        value: formatMs(facts.pictureMs),
        meaning: 'Age of the newest picture when it was drawn here',
      },
      {
        name: 'result',
        value: formatMs(facts.resultMs),
        meaning: 'Age of the newest result when it arrived here',
      },
      {
        name: 'missed',
        value: formatCount(books === null ? null : missedByDetector(books)),
        meaning: this.#missedMeaning(),
      },
    ];
  });

  #missedMeaning(): string {
    const books = this.watch().news()?.books ?? null;
    const here = `This browser missed ${formatCount(this.watch().facts().missedHere)} pictures (estimated from gaps in their numbers).`;
    if (books === null) return `The detector's books are not known now. ${here}`;
    const { overwritten, expired, failed, abandoned, offered } = books;
    return (
      `Of ${formatCount(offered)} frames offered to the detector: ` +
      `${formatCount(overwritten)} replaced by a newer one, ${formatCount(expired)} too old, ` +
      `${formatCount(failed)} failed, ${formatCount(abandoned)} lost with their worker. ${here}`
    );
  }
}
