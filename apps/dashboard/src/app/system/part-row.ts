import { Component, computed, input } from '@angular/core';
import { Icon } from '../shell/icon.ts';
import { type PartView, toneOf } from './part-words.ts';

/** One part: its name, how it does, and its figures. */
@Component({
  selector: 'lo-part-row',
  imports: [Icon],
  template: `
    <p class="name">
      <lo-icon [name]="part().icon" />
      <b>{{ part().name }}</b>&ngsp;<span class="word">{{ part().word }}</span>
    </p>
    @if (part().figures.length > 0) {
      <dl>
        @for (item of part().figures; track item.name) {
          <div>
            <dt>{{ item.name }}</dt>
            <dd>{{ item.figure }}</dd>
          </div>
        }
      </dl>
    }
    @if (part().trouble; as trouble) {
      <p class="trouble">{{ trouble }}</p>
    }
  `,
  styleUrl: './part-row.scss',
  host: { '[attr.data-tone]': 'tone()' },
})
export class PartRow {
  readonly part = input.required<PartView>();
  /** Whether it is of the last answer, while there is no newer one. */
  readonly old = input(false);
  protected readonly tone = computed(() => toneOf(this.part(), this.old()));
}
