import { Component, computed, input } from '@angular/core';
import { formatAge } from '../figures/age.ts';
import { classColour } from '../picture/class-colour.ts';
import { Icon } from '../shell/icon.ts';
import type { Facts } from '../watch/facts.ts';

/** What is in the picture, and how old that knowledge is. */
@Component({
  selector: 'lo-seen-line',
  imports: [Icon],
  template: `
    <span class="seen">
      @if (known()) {
        @for (entry of facts().seen; track entry.label) {
          <span class="class">
            <i [style.background]="colour(entry.label)"></i>{{ entry.count }} {{ entry.label }}
          </span>
        } @empty {
          <span class="none">nothing seen</span>
        }
      }
    </span>
    <span
      class="freshness"
      data-testid="freshness"
      [attr.data-freshness]="facts().freshness.kind"
      [attr.data-tone]="facts().freshness.tone"
      [title]="facts().freshness.reason ?? ''"
    >
      <lo-icon [name]="facts().freshness.icon" />
      <span>{{ words() }}</span>
    </span>
  `,
  styleUrl: './seen-line.scss',
})
export class SeenLine {
  readonly facts = input.required<Facts>();

  protected readonly known = computed(() => {
    const { kind } = this.facts().freshness;
    return (kind === 'fresh' || kind === 'stale') && this.facts().resultMs !== null;
  });
  protected readonly words = computed(() => {
    const { seenMs, freshness } = this.facts();
    const ago = seenMs === null ? null : `seen ${formatAge(seenMs)} ago`;
    switch (freshness.kind) {
      case 'fresh':
        return ago ?? freshness.word;
      case 'stale':
      case 'unknown':
        return ago === null ? freshness.word : `${freshness.word} · ${ago}`;
      case 'off':
        return freshness.word;
    }
  });
  protected readonly colour = classColour;
}
