import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { AddCamera } from '../cameras/add-camera.ts';
import { Cameras } from '../cameras/cameras.ts';
import { Icon } from '../shell/icon.ts';
import { stored } from '../shell/stored.ts';

/** Id of the camera that the first start adds by itself. */
const DEMO_CAMERA = 'demo';

/** Says that what is shown is a demo, until told that this is known. */
@Component({
  selector: 'lo-demo-line',
  imports: [Icon, MatButton, MatIconButton],
  template: `
    @if (shown()) {
      <p role="note">
        <span>
          This is a demo: a recording of a street, played in a loop and sped up to a lively 30
          frames a second.
        </span>
        <button matButton type="button" (click)="addCamera()">Add a camera of your own</button>
        <button matIconButton type="button" aria-label="Dismiss the demo note" (click)="dismiss()">
          <lo-icon name="close" />
        </button>
      </p>
    }
  `,
  styles: `
    p {
      display: flex;
      align-items: center;
      gap: 4px 12px;
      padding: 2px 4px 2px 16px;
      border-bottom: 1px solid var(--lo-line);
      background: var(--lo-raised);
      font-size: 13px;
    }
    span {
      flex: 0 1 auto;
    }
    button:last-child {
      margin-left: auto;
    }
    @media (width < 700px) {
      p {
        flex-wrap: wrap;
      }
      span {
        flex-basis: 100%;
        padding-top: 6px;
      }
    }
  `,
})
export class DemoLine {
  readonly #cameras = inject(Cameras);
  readonly #dialog = inject(MatDialog);
  readonly #dismissed = signal(stored.read('demo-note') === 'dismissed');
  protected readonly shown = computed(
    () => !this.#dismissed() && this.#cameras.list()?.some(({ id }) => id === DEMO_CAMERA) === true,
  );

  protected addCamera(): void {
    this.#dialog.open(AddCamera, { width: '420px' });
  }

  protected dismiss(): void {
    this.#dismissed.set(true);
    stored.write('demo-note', 'dismissed');
  }
}
