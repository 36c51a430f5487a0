import { HISTORY_SECONDS, type HistoryColumn } from '../watch/history.ts';

/** Numbers of the last while, oldest first, with `null` for what was not known. */
export interface CurveHistory<Column extends string> {
  /** `'time'`: when, in seconds since the Unix epoch by this browser's clock. */
  column(name: Column | 'time'): (number | null)[];
  newest(name: Column): number | null;
}

/** One line of a chart. */
export interface Line<Column extends string> {
  readonly label: string;
  readonly column: Column;
  /** 1 to 5, of the theme's curve colours. */
  readonly colour: number;
  /** The space down to this line of the same chart is filled; `'ground'`: down to zero. */
  readonly fillTo?: Column | 'ground';
  readonly dashed?: boolean;
}

/** A chart of the last while. */
export interface Chart<Column extends string> {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly unit: 'fps' | 'ms' | 'frames' | 'jobs';
  /** How far it looks back. */
  readonly seconds: number;
  readonly lines: readonly Line<Column>[];
}

const seconds = HISTORY_SECONDS;

/** Of one camera. */
export const CHARTS: readonly Chart<HistoryColumn>[] = [
  {
    id: 'rates',
    title: 'Rates',
    meaning: 'Frames a second at each station, and pictures a second in this browser',
    unit: 'fps',
    seconds,
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
    seconds,
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
    seconds,
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
    seconds,
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
    seconds,
    lines: [
      { label: 'detector', column: 'missed-detector', colour: 3, fillTo: 'ground' },
      { label: 'here', column: 'missed-here', colour: 1, dashed: true },
    ],
  },
];

/** A chart's columns, the time first, as uPlot takes them. */
export function chartData<Column extends string>(
  history: CurveHistory<Column>,
  chart: Chart<Column>,
): (number | null)[][] {
  return [history.column('time'), ...chart.lines.map(({ column }) => history.column(column))];
}
