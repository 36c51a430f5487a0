import type { History, HistoryColumn } from '../watch/history.ts';

/** One line of a chart. */
export interface Line {
  readonly label: string;
  readonly column: HistoryColumn;
  /** 1 to 5, of the theme's curve colours. */
  readonly colour: number;
  /** The space down to this line of the same chart is filled; `'ground'`: down to zero. */
  readonly fillTo?: HistoryColumn | 'ground';
  readonly dashed?: boolean;
}

/** A chart of the last two minutes. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly unit: 'fps' | 'ms' | 'frames';
  readonly lines: readonly Line[];
}

export const CHARTS: readonly Chart[] = [
  {
    id: 'rates',
    title: 'Rates',
    meaning: 'Frames a second at each station, and pictures a second in this browser',
    unit: 'fps',
    lines: [
      { label: 'capture', column: 'capture', colour: 1 },
      { label: 'live', column: 'live', colour: 2 },
      { label: 'here', column: 'here', colour: 5, dashed: true },
      { label: 'offered', column: 'offered', colour: 3 },
      { label: 'detected', column: 'detected', colour: 4, dashed: true },
    ],
  },
  {
    id: 'result-age',
    title: 'Age of results',
    meaning: 'Median age at each hop since capture, stacked: the widest band is where time goes',
    unit: 'ms',
    lines: [
      { label: 'published', column: 'age-published', colour: 5, fillTo: 'age-inferred' },
      { label: 'inferred', column: 'age-inferred', colour: 4, fillTo: 'age-decoded' },
      { label: 'decoded', column: 'age-decoded', colour: 3, fillTo: 'age-taken' },
      { label: 'taken', column: 'age-taken', colour: 2, fillTo: 'age-offered' },
      { label: 'offered', column: 'age-offered', colour: 1, fillTo: 'ground' },
    ],
  },
  {
    id: 'picture-age',
    title: 'Age of pictures',
    meaning: 'Median age when sent and when drawn, stacked',
    unit: 'ms',
    lines: [
      { label: 'drawn', column: 'age-drawn', colour: 2, fillTo: 'age-sent' },
      { label: 'sent', column: 'age-sent', colour: 1, fillTo: 'ground' },
    ],
  },
  {
    id: 'inference',
    title: 'Inference',
    meaning: 'Time in the inference engine, median and 95th percentile of the last minute',
    unit: 'ms',
    lines: [
      { label: 'p95', column: 'inference-p95', colour: 3, dashed: true },
      { label: 'median', column: 'inference-p50', colour: 1 },
    ],
  },
  {
    id: 'missed',
    title: 'Missed',
    meaning: 'Frames missed in each second: by the detector, and pictures by this browser',
    unit: 'frames',
    lines: [
      { label: 'detector', column: 'missed-detector', colour: 3, fillTo: 'ground' },
      { label: 'here', column: 'missed-here', colour: 1, dashed: true },
    ],
  },
];

/** A chart's columns, the time first, as uPlot takes them. */
export function chartData(history: History, chart: Chart): (number | null)[][] {
  return [history.column('time'), ...chart.lines.map(({ column }) => history.column(column))];
}
