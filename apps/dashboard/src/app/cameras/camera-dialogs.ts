import { inject, Injectable } from '@angular/core';
import { MatDialog, type MatDialogRef } from '@angular/material/dialog';
import type { Camera } from '@lookout/contracts';
import { firstValueFrom } from 'rxjs';

const LOOK = { width: '420px' };

/** Opens the dialogs about cameras; each is fetched when it is first needed. */
@Injectable({ providedIn: 'root' })
export class CameraDialogs {
  readonly #dialog = inject(MatDialog);

  /** @returns the new camera; `undefined` when the person thought better of it */
  async add(): Promise<Camera | undefined> {
    const { AddCamera } = await import('./add-camera.ts');
    return outcome<Camera>(this.#dialog.open(AddCamera, LOOK));
  }

  /** @returns whether the camera is gone */
  async remove(camera: Camera): Promise<boolean> {
    const { ConfirmDelete } = await import('./confirm-delete.ts');
    const dialog = this.#dialog.open(ConfirmDelete, { ...LOOK, data: camera });
    return (await outcome<boolean>(dialog)) === true;
  }
}

function outcome<Result>(dialog: MatDialogRef<unknown, Result>): Promise<Result | undefined> {
  return firstValueFrom(dialog.afterClosed());
}
