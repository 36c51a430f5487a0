import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import type { Camera, Source } from '@lookout/contracts';
import { reasonOf, RequestFailure } from '../server/request-failure.ts';
import { Cameras } from './cameras.ts';
import { sortProblems, type FieldProblems } from './field-problems.ts';

/** Describes a new camera; closes with it once the server has made it. */
@Component({
  selector: 'lo-add-camera',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatLabel,
    MatRadioButton,
    MatRadioGroup,
  ],
  templateUrl: './add-camera.html',
  styleUrl: './add-camera.scss',
})
export class AddCamera {
  readonly #cameras = inject(Cameras);
  readonly #dialog = inject<MatDialogRef<AddCamera, Camera>>(MatDialogRef);
  protected readonly type = signal<'file' | 'test'>('file');
  protected readonly busy = signal(false);
  protected readonly problems = signal<FieldProblems>({ fields: {}, general: null });

  protected async add(event: Event, name: string, path: string): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.problems.set({ fields: {}, general: null });
    const source: Source = this.type() === 'file' ? { type: 'file', path } : { type: 'test' };
    try {
      this.#dialog.close(await this.#cameras.add({ name, source }));
    } catch (error) {
      const failed = error instanceof RequestFailure ? error.fields : [];
      this.problems.set(sortProblems(failed, reasonOf(error)));
      this.busy.set(false);
    }
  }
}
