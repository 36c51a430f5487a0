import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { Camera } from '@lookout/contracts';
import { Cameras } from '../cameras/cameras.ts';
import { Session } from '../session/session.ts';
import { Icon } from '../shell/icon.ts';
import { stored } from '../shell/stored.ts';

/** Whether it is the camera that the first start adds by itself. */
function isDemo({ id, source }: Camera): boolean {
  return id === 'demo' && source.type === 'file' && source.path === 'vtest.mp4';
}

/** Says that what is shown is a demo, until told that this is known. */
@Component({
  selector: 'lo-demo-line',
  imports: [Icon, MatButton, MatIconButton, RouterLink],
  template: `
    @if (shown()) {
      <p role="note">
        <span>
          This is a demo: a recording of people and cars seen from above, played in a loop at three
          times its speed.
        </span>
        @if (session.may('operator')) {
          <a matButton routerLink="/add-camera">Add a camera of your own</a>
        }
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
        padding: 6px 12px 0 0;
      }
    }
  `,
})
export class DemoLine {
  readonly #cameras = inject(Cameras);
  readonly #dismissed = signal(stored.read('demo-note') === 'dismissed');
  protected readonly session = inject(Session);
  protected readonly shown = computed(
    () => !this.#dismissed() && this.#cameras.list()?.some(isDemo) === true,
  );

  protected dismiss(): void {
    this.#dismissed.set(true);
    stored.write('demo-note', 'dismissed');
  }
}
