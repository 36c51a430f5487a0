import { Component, model } from '@angular/core';
import type { WatchMode } from '@lookout/contracts';

/**
 * The two-way switch between the newest picture and the very frames that were inferred. Where there
 * is little room it shows only the side that it is on.
 */
@Component({
  selector: 'lo-mode-switch',
  template: `
    <button
      type="button"
      role="switch"
      aria-label="Exact frames"
      [attr.aria-checked]="mode() === 'exact'"
      [title]="
        mode() === 'live'
          ? 'The newest picture; boxes may lag behind it (E)'
          : 'Only frames that were inferred, each with its own boxes (E)'
      "
      (click)="toggle()"
    >
      <span [class.on]="mode() === 'live'">live</span>
      <span [class.on]="mode() === 'exact'">exact</span>
    </button>
  `,
  styleUrl: './mode-switch.scss',
})
export class ModeSwitch {
  readonly mode = model.required<WatchMode>();

  protected toggle(): void {
    this.mode.update((mode) => (mode === 'live' ? 'exact' : 'live'));
  }
}
