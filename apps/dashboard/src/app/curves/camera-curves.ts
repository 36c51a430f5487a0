import { Component, input } from '@angular/core';
import type { CameraWatch } from '../watch/camera-watch.ts';
import { CurveChart } from './curve-chart.ts';
import { CHARTS } from './curve-data.ts';

/** All curves of one camera. */
@Component({
  selector: 'lo-camera-curves',
  imports: [CurveChart],
  template: `
    @for (chart of charts; track chart.id) {
      <lo-curve-chart [chart]="chart" [history]="watch().history" />
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(var(--curve-columns, 6), minmax(0, 1fr));
      gap: 16px 24px;
    }
    lo-curve-chart {
      grid-column: span var(--curve-span, 2);
    }
    lo-curve-chart:nth-child(-n + 2) {
      grid-column: span var(--curve-wide-span, 3);
    }
    @media (width < 1100px) {
      :host {
        grid-template-columns: minmax(0, 1fr);
      }
      lo-curve-chart:nth-child(n) {
        grid-column: auto;
      }
    }
  `,
})
export class CameraCurves {
  readonly watch = input.required<CameraWatch>();
  protected readonly charts = CHARTS;
}
