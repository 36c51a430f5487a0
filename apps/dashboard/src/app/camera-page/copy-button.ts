import { Clipboard } from '@angular/cdk/clipboard';
import { Component, inject, input, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { CLOCK } from '../shell/clock.ts';
import { Icon } from '../shell/icon.ts';

const SHOWN_MS = 1500;

/** Copies a text, and says for a moment that it did. */
@Component({
  selector: 'lo-copy-button',
  imports: [Icon, MatIconButton],
  template: `
    <button
      matIconButton
      type="button"
      [attr.aria-label]="copied() ? 'Copied' : 'Copy ' + what()"
      [title]="copied() ? 'Copied' : 'Copy ' + what()"
      (click)="copy()"
    >
      <lo-icon [name]="copied() ? 'done' : 'copy'" />
    </button>
  `,
  styles: `
    button {
      width: 32px;
      height: 32px;
      padding: 7px;
      color: var(--lo-dim);
    }
  `,
})
export class CopyButton {
  readonly #clipboard = inject(Clipboard);
  readonly #clock = inject(CLOCK);
  readonly what = input.required<string>();
  /** The text, or how it is made when asked for. */
  readonly text = input.required<string | (() => string)>();
  protected readonly copied = signal(false);

  protected copy(): void {
    const text = this.text();
    if (!this.#clipboard.copy(typeof text === 'string' ? text : text())) return;
    this.copied.set(true);
    this.#clock.after(SHOWN_MS, () => {
      this.copied.set(false);
    });
  }
}
