import { inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { dialogLook } from './dialog-look.ts';

/** Opens the list of keys; it is fetched when it is first needed. */
@Injectable({ providedIn: 'root' })
export class HelpDialog {
  readonly #dialog = inject(MatDialog);

  async open(): Promise<void> {
    const { Help } = await import('./help.ts');
    this.#dialog.open(Help, dialogLook());
  }
}
