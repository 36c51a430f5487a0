import { Component, model } from '@angular/core';
import type { WatchMode } from '@lookout/contracts';

/** The two-way switch between the newest picture and the very frame that was inferred. */
@Component({
  selector: 'lo-mode-switch',
  template: `
    <button
      type="button"
      [attr.aria-pressed]="mode() === 'live'"
      title="The newest picture; boxes may lag behind it (E)"
      (click)="mode.set('live')"
    >
      live
    </button>
    <button
      type="button"
      [attr.aria-pressed]="mode() === 'exact'"
      title="Only frames that were inferred, each with its own boxes (E)"
      (click)="mode.set('exact')"
    >
      exact
    </button>
  `,
  host: { role: 'group', 'aria-label': 'Picture mode' },
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      border: 1px solid var(--lo-line);
      border-radius: 6px;
      overflow: hidden;
    }
    button {
      height: 22px;
      padding: 0 8px;
      border: 0;
      background: transparent;
      color: var(--lo-dim);
      font: inherit;
      font-size: 12px;
      line-height: 16px;
      cursor: pointer;
    }
    button:focus-visible {
      outline-offset: -2px;
    }
    button[aria-pressed='true'] {
      background: var(--lo-line);
      color: var(--lo-text);
    }
    @media (pointer: coarse) {
      button {
        height: 36px;
        padding: 0 12px;
      }
    }
  `,
})
export class ModeSwitch {
  readonly mode = model.required<WatchMode>();
}
