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
      <lo-curve-chart [chart]="chart" [watch]="watch()" />
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
      gap: 16px 24px;
    }
  `,
})
export class CameraCurves {
  readonly watch = input.required<CameraWatch>();
  protected readonly charts = CHARTS;
}
