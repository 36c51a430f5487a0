import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import uPlot from 'uplot';
import { formatMs, formatRate } from '../figures/age.ts';
import { CLOCK } from '../shell/clock.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { Theme } from '../shell/theme.ts';
import { HISTORY_SECONDS } from '../watch/history.ts';
import type { CameraWatch } from '../watch/camera-watch.ts';
import { type Chart, chartData, type Line } from './curve-data.ts';
import { chartOptions } from './chart-options.ts';

const REDRAW_MS = 1000;
const HEIGHT = 132;

/** One chart of the last two minutes, with the newest figures as its legend. */
@Component({
  selector: 'lo-curve-chart',
  template: `
    <h3 [title]="chart().meaning">
      {{ chart().title }} <small>{{ chart().unit }}</small>
    </h3>
    <ul>
      @for (entry of legend(); track entry.label) {
        <li>
          <i [class.dashed]="entry.dashed" [style.color]="entry.colour"></i>{{ entry.label }}
          <b>{{ entry.value }}</b>
        </li>
      }
    </ul>
    <div #plot class="plot" role="img" [attr.aria-label]="spoken()"></div>
  `,
  styleUrl: './curve-chart.scss',
})
export class CurveChart {
  readonly #clock = inject(CLOCK);
  readonly #theme = inject(Theme);
  readonly #page = inject(PageVisibility);
  readonly #destroyed = inject(DestroyRef);
  private readonly plotElement = viewChild.required<ElementRef<HTMLElement>>('plot');
  readonly #beat = signal(0);
  #plot: uPlot | undefined;

  readonly chart = input.required<Chart>();
  readonly watch = input.required<CameraWatch>();

  protected readonly legend = computed(() => {
    this.#beat();
    const { history } = this.watch();
    return this.chart().lines.map((line) => ({
      label: line.label,
      dashed: line.dashed === true,
      colour: `var(--lo-curve-${String(line.colour)})`,
      value: this.#format(history.newest(line.column)),
    }));
  });
  protected readonly spoken = computed(() => `${this.chart().title}: ${this.chart().meaning}`);

  constructor() {
    afterNextRender(() => {
      const size = new ResizeObserver(() => {
        this.#plot?.setSize({
          width: this.plotElement().nativeElement.clientWidth,
          height: HEIGHT,
        });
      });
      size.observe(this.plotElement().nativeElement);
      const stop = this.#clock.every(REDRAW_MS, () => {
        this.#redraw();
      });
      this.#destroyed.onDestroy(() => {
        stop();
        size.disconnect();
        this.#plot?.destroy();
      });
    });
    effect(() => {
      this.#theme.name();
      const chart = this.chart();
      const watch = this.watch();
      const element = this.plotElement().nativeElement;
      untracked(() => {
        this.#rebuild(chart, watch, element);
      });
    });
  }

  #rebuild(chart: Chart, watch: CameraWatch, element: HTMLElement): void {
    this.#plot?.destroy();
    const style = getComputedStyle(element);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    this.#plot = new uPlot(
      {
        ...chartOptions(chart, {
          line: ({ colour: index }: Line) => colour(`--lo-curve-${String(index)}`),
          text: colour('--lo-dim'),
          grid: colour('--lo-line'),
          font: `12px ${style.fontFamily}`,
        }),
        width: Math.max(element.clientWidth, 100),
        height: HEIGHT,
      },
      chartData(watch.history, chart) as uPlot.AlignedData,
      element,
    );
    this.#redraw();
  }

  #redraw(): void {
    if (!this.#page.visible()) return;
    const now = this.#clock.now() / 1000;
    this.#plot?.batch(() => {
      this.#plot?.setData(
        chartData(this.watch().history, this.chart()) as uPlot.AlignedData,
        false,
      );
      this.#plot?.setScale('x', { min: now - HISTORY_SECONDS, max: now });
    });
    this.#beat.update((beat) => beat + 1);
  }

  #format(value: number | null): string {
    switch (this.chart().unit) {
      case 'fps':
        return formatRate(value);
      case 'ms':
        return formatMs(value);
      case 'frames':
        return value === null ? '–' : String(value);
    }
  }
}
