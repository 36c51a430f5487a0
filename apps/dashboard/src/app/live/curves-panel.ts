import { Component, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { CameraCurves } from '../curves/camera-curves.ts';
import { Icon } from '../shell/icon.ts';
import type { CameraWatch } from '../watch/camera-watch.ts';

/** The last two minutes of one camera, below the tiles. */
@Component({
  selector: 'lo-curves-panel',
  imports: [CameraCurves, Icon, MatIconButton],
  template: `
    <header>
      <h2>{{ watch().camera().name }} <small>the last two minutes</small></h2>
      <button matIconButton type="button" aria-label="Close the curves" (click)="closed.emit()">
        <lo-icon name="close" />
      </button>
    </header>
    <lo-camera-curves [watch]="watch()" />
  `,
  styles: `
    :host {
      display: block;
      flex: none;
      max-height: 60%;
      padding: 4px 8px 12px 16px;
      border-top: 1px solid var(--lo-line);
      background: var(--lo-surface);
      overflow-y: auto;
    }
    lo-camera-curves {
      --curve-columns: 5;
      --curve-span: 1;
      --curve-wide-span: 1;
    }
    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
    }
    h2 {
      font-size: 14px;
      font-weight: 600;
    }
    small {
      color: var(--lo-dim);
      font-size: 13px;
      font-weight: 400;
    }
  `,
  host: { role: 'region', 'aria-label': 'Curves' },
})
export class CurvesPanel {
  readonly watch = input.required<CameraWatch>();
  readonly closed = output();
}
