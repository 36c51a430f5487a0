import type uPlot from 'uplot';
import type { Chart, Line } from './curve-data.ts';

/** What the theme gives a chart. */
export interface ChartLook {
  line(line: Line<string>): string;
  readonly text: string;
  readonly grid: string;
  readonly font: string;
}

/** There is no half a frame. */
const COUNTED = {
  incrs: [1, 10, 100, 1e3, 1e4, 1e5].flatMap((ten) => [ten, 2 * ten, 5 * ten]),
  space: 24,
};

/** A chart as uPlot is told of it, all but its size. */
export function chartOptions(
  chart: Chart<string>,
  look: ChartLook,
): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = {
    stroke: look.text,
    font: look.font,
    grid: { stroke: look.grid, width: 1 },
    ticks: { show: false },
  };
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 28, 0, 0],
    scales: { x: { time: true, auto: false }, y: { range: (_, __, max) => [0, headroom(max)] } },
    axes: [
      { ...axis, size: 24, space: 60, values: (_, splits) => splits.map(clockTime) },
      { ...axis, size: 46, space: 32, ...(isCounted(chart) ? COUNTED : {}) },
    ],
    series: [
      {},
      ...chart.lines.map((line) => ({
        label: line.label,
        stroke: look.line(line),
        width: 1.5,
        points: { show: false },
        spanGaps: false,
        ...(line.dashed === true ? { dash: [5, 4] } : {}),
        ...(line.fillTo === 'ground' ? { fill: faint(look.line(line)) } : {}),
      })),
    ],
    bands: bands(chart, look),
  };
}

function bands(chart: Chart<string>, look: ChartLook): uPlot.Band[] {
  return chart.lines.flatMap((line, index) => {
    const below = chart.lines.findIndex(({ column }) => column === line.fillTo);
    if (below === -1) return [];
    return [{ series: [index + 1, below + 1], fill: faint(look.line(line)) } satisfies uPlot.Band];
  });
}

function isCounted({ unit }: Chart<string>): boolean {
  return unit === 'frames' || unit === 'jobs';
}

function faint(colour: string): string {
  return `color-mix(in srgb, ${colour} 30%, transparent)`;
}

function headroom(max: number | null): number {
  return max === null || max <= 0 ? 1 : max * 1.1;
}

function clockTime(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB');
}
