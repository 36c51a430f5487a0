import { inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { Camera } from '@lookout/contracts';
import { firstValueFrom } from 'rxjs';
import { dialogLook } from '../shell/dialog-look.ts';
import type { AddCamera } from './add-camera.ts';
import type { ConfirmDelete } from './confirm-delete.ts';

/** Opens the dialogs about cameras; each is fetched when it is first needed. */
@Injectable({ providedIn: 'root' })
export class CameraDialogs {
  readonly #dialog = inject(MatDialog);

  /** @returns the new camera; `undefined` when the person thought better of it */
  async add(): Promise<Camera | undefined> {
    const dialogs = await import('./add-camera.ts');
    const dialog = this.#dialog.open<AddCamera, unknown, Camera>(dialogs.AddCamera, dialogLook());
    return firstValueFrom(dialog.afterClosed());
  }

  /** @returns whether the camera is gone */
  async remove(camera: Camera): Promise<boolean> {
    const dialogs = await import('./confirm-delete.ts');
    const dialog = this.#dialog.open<ConfirmDelete, Camera, boolean>(
      dialogs.ConfirmDelete,
      dialogLook(camera),
    );
    return (await firstValueFrom(dialog.afterClosed())) === true;
  }
}
