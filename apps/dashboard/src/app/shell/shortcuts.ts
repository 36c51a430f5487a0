import { inject, Injectable, signal } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { stored } from './stored.ts';

/** Whether keys without a modifier do something; who dictates or uses a switch may turn them off. */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  readonly #dialog = inject(MatDialog);
  readonly enabled = signal(stored.read('shortcuts') !== 'off');

  enable(on: boolean): void {
    this.enabled.set(on);
    stored.write('shortcuts', on ? 'on' : 'off');
  }

  /** The key that a person meant as a shortcut; `null` for one that belongs to something else. */
  keyOf(event: KeyboardEvent): string | null {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return null;
    if (this.#dialog.openDialogs.length > 0) return null;
    if (event.target instanceof Element && event.target.closest(TYPING) !== null) return null;
    if (event.key.length > 1) return event.key;
    return this.enabled() ? event.key.toLowerCase() : null;
  }
}

const TYPING = 'input, textarea, select, [contenteditable], [role=menu]';
