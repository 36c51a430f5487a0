import { Component, inject } from '@angular/core';
import { Cameras } from './cameras.ts';

/** Stands where cameras will be, and says why they are not there yet. */
@Component({
  selector: 'lo-cameras-awaited',
  template: `
    @if (cameras.problem(); as problem) {
      <p role="alert">{{ problem }} Lookout tries again by itself.</p>
    } @else {
      <p aria-busy="true">Loading cameras…</p>
    }
  `,
  styles: `
    :host {
      display: block;
      padding: 15vh 16px;
      color: var(--lo-dim);
      font-size: 16px;
      text-align: center;
    }
  `,
})
export class CamerasAwaited {
  protected readonly cameras = inject(Cameras);
}
