import { Component, computed, input } from '@angular/core';
import { classColour } from '../picture/class-colour.ts';
import { BAR, type KeepTally } from './keep-tally.ts';

/** How sure the detector was of what it found lately, and what of that would stay. */
@Component({
  selector: 'lo-keep-bars',
  template: `
    <p>{{ words() }}</p>
    <div
      class="bars"
      role="img"
      [attr.aria-label]="'Findings by confidence. ' + words()"
      [style.--stored]="stored() + '%'"
      [style.--threshold]="threshold() + '%'"
    >
      @for (bar of bars(); track $index) {
        <span [title]="bar.words">
          <i class="dropped" [style.height.%]="bar.dropped"></i>
          <i class="kept" [style.height.%]="bar.kept"></i>
        </span>
      }
    </div>
    <div class="axis" aria-hidden="true">
      <span>0 %</span><span>confidence</span><span>100 %</span>
    </div>
    <ul>
      @for (row of tally().classes; track row.label) {
        <li [class.gone]="row.kept === 0">
          <i [style.background]="colour(row.label)"></i>{{ row.label }}
          <span>{{ row.kept }} of {{ row.found }}</span>
        </li>
      }
    </ul>
  `,
  styleUrl: './keep-bars.scss',
})
export class KeepBars {
  readonly tally = input.required<KeepTally>();
  /** Percent: as stored, and as it stands in the form. */
  readonly stored = input.required<number>();
  readonly threshold = input.required<number>();
  protected readonly colour = classColour;

  protected readonly words = computed(() => {
    const { results, spanMs, found, kept } = this.tally();
    if (results === 0) return 'No result has come yet.';
    const seconds = String(Math.round(spanMs / 1000));
    const when =
      results === 1 ? 'the newest result' : `the last ${String(results)} results (${seconds} s)`;
    return found === 0
      ? `Nothing was found in ${when}.`
      : `Of ${String(found)} findings in ${when}, ${String(kept)} would stay.`;
  });
  /** Heights in percent of the highest. */
  protected readonly bars = computed(() => {
    const { bars } = this.tally();
    const most = Math.max(1, ...bars.map(({ kept, dropped }) => kept + dropped));
    return bars.map(({ kept, dropped }, index) => ({
      kept: (kept / most) * 100,
      dropped: (dropped / most) * 100,
      words: `${String(index * BAR)} to ${String((index + 1) * BAR)} %: ${String(kept)} of ${String(kept + dropped)} would stay`,
    }));
  });
}
