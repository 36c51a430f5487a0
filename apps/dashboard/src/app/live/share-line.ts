import { Component, computed, input } from '@angular/core';
import type { CameraWatch } from '../watch/camera-watch.ts';

/** That a camera gets less of the detector than it wants, and what it can expect; else nothing. */
@Component({
  selector: 'lo-share-line',
  template: `
    @if (share(); as share) {
      <p data-testid="share">
        {{ share.reason }} Fair by its weight and minimum: {{ share.fair }}.
      </p>
    }
  `,
  styles: `
    :host {
      flex: 1 1 100%;
      min-width: 0;
    }

    p {
      margin: 0;
      color: var(--lo-amber);
    }
  `,
})
export class ShareLine {
  readonly watch = input.required<CameraWatch>();

  protected readonly share = computed(() => {
    const share = this.watch().news()?.detection.share;
    return share?.reduced === true ? share : null;
  });
}
