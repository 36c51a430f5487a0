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
import { type Chart, chartData, type CurveHistory, type Line } from './curve-data.ts';
import { chartOptions } from './chart-options.ts';

const REDRAW_MS = 1000;

/** One chart of the last while, with the newest figures as its legend. */
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
    <div
      #plot
      class="plot"
      role="img"
      [style.height.px]="height()"
      [attr.aria-label]="spoken()"
    ></div>
  `,
  styleUrl: './curve-chart.scss',
})
export class CurveChart<Column extends string> {
  readonly #clock = inject(CLOCK);
  readonly #theme = inject(Theme);
  readonly #page = inject(PageVisibility);
  readonly #destroyed = inject(DestroyRef);
  private readonly plotElement = viewChild.required<ElementRef<HTMLElement>>('plot');
  readonly #beat = signal(0);
  #plot: uPlot | undefined;

  readonly chart = input.required<Chart<Column>>();
  readonly history = input.required<CurveHistory<Column>>();
  /** Of the plot, in px. */
  readonly height = input(132);

  protected readonly legend = computed(() => {
    this.#beat();
    const history = this.history();
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
          height: this.height(),
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
      const element = this.plotElement().nativeElement;
      untracked(() => {
        this.#rebuild(chart, element);
      });
    });
    effect(() => {
      this.history();
      untracked(() => {
        this.#redraw();
      });
    });
  }

  #rebuild(chart: Chart<Column>, element: HTMLElement): void {
    this.#plot?.destroy();
    const style = getComputedStyle(element);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    this.#plot = new uPlot(
      {
        ...chartOptions(chart, {
          line: ({ colour: index }: Line<string>) => colour(`--lo-curve-${String(index)}`),
          text: colour('--lo-dim'),
          grid: colour('--lo-line'),
          font: `12px ${style.fontFamily}`,
        }),
        width: Math.max(element.clientWidth, 100),
        height: this.height(),
      },
      chartData(this.history(), chart) as uPlot.AlignedData,
      element,
    );
    this.#redraw();
  }

  #redraw(): void {
    if (!this.#page.visible()) return;
    const now = this.#clock.now() / 1000;
    this.#plot?.batch(() => {
      this.#plot?.setData(chartData(this.history(), this.chart()) as uPlot.AlignedData, false);
      this.#plot?.setScale('x', { min: now - this.chart().seconds, max: now });
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
      case 'jobs':
        return value === null ? '–' : String(value);
    }
  }
}
