import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { Shortcuts } from './shortcuts.ts';

/** The keys. */
@Component({
  selector: 'lo-help',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatSlideToggle,
  ],
  template: `
    <h2 mat-dialog-title>Keys</h2>
    <mat-dialog-content>
      <dl>
        @for (entry of entries; track entry.does) {
          <dt>
            @for (key of entry.keys; track key) {
              <kbd>{{ key }}</kbd>
            }
          </dt>
          <dd>{{ entry.does }}</dd>
        }
      </dl>
      <mat-slide-toggle [checked]="shortcuts.enabled()" (change)="shortcuts.enable($event.checked)">
        Single-letter keys
      </mat-slide-toggle>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton mat-dialog-close type="button">Close</button>
    </mat-dialog-actions>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 8px 16px;
      margin: 0 0 16px;
    }
    dt {
      display: flex;
      gap: 4px;
    }
    dd {
      margin: 0;
      color: var(--lo-text);
    }
  `,
})
export class Help {
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly entries = [
    { keys: ['←', '↑', '↓', '→'], does: 'From tile to tile' },
    { keys: ['Shift ←', '…'], does: 'Take the tile along' },
    { keys: ['Enter'], does: 'Open the camera' },
    { keys: ['E'], does: 'Live picture or exact frames' },
    { keys: ['B'], does: 'Boxes on or off' },
    { keys: ['F'], does: 'Full screen on or off' },
    { keys: ['N'], does: 'Show the new events' },
    { keys: ['Esc'], does: 'Back' },
    { keys: ['?'], does: 'This list' },
  ];
}
