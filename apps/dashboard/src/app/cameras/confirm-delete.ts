import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import type { Camera } from '@lookout/contracts';
import { reasonOf } from '../server/request-failure.ts';
import { Cameras } from './cameras.ts';

/** Asks before a camera goes; closes with `true` once it is gone. */
@Component({
  selector: 'lo-confirm-delete',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 mat-dialog-title>Delete {{ camera.name }}?</h2>
    <mat-dialog-content>
      <p>
        Lookout stops watching this camera and forgets its settings. Video files stay where they
        are.
      </p>
      @if (problem(); as problem) {
        <p class="problem" role="alert">{{ problem }}</p>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton mat-dialog-close type="button" cdkFocusInitial>Keep</button>
      <button
        matButton="filled"
        class="danger"
        type="button"
        [disabled]="busy()"
        (click)="remove()"
      >
        Delete
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    .problem {
      margin-top: 12px;
      color: var(--lo-red);
    }
    .danger {
      --mat-button-filled-container-color: var(--lo-red);
      --mat-button-filled-label-text-color: var(--lo-page);
    }
  `,
})
export class ConfirmDelete {
  readonly #cameras = inject(Cameras);
  readonly #dialog = inject<MatDialogRef<ConfirmDelete, boolean>>(MatDialogRef);
  protected readonly camera = inject<Camera>(MAT_DIALOG_DATA);
  protected readonly busy = signal(false);
  protected readonly problem = signal<string | null>(null);

  protected async remove(): Promise<void> {
    this.busy.set(true);
    this.problem.set(null);
    try {
      await this.#cameras.remove(this.camera.id);
      this.#dialog.close(true);
    } catch (error) {
      this.problem.set(reasonOf(error));
      this.busy.set(false);
    }
  }
}
