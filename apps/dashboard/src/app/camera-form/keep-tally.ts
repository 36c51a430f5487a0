import type { Detection, DetectionResult } from '@lookout/contracts';

/** Width of a bar in percent of confidence. */
export const BAR = 5;

/** What settings would have kept of recent results. */
export interface KeepTally {
  readonly results: number;
  /** From the first frame to the last, in ms. */
  readonly spanMs: number;
  readonly found: number;
  readonly kept: number;
  /** By confidence in steps of `BAR`, from 0 to 100 %. */
  readonly bars: readonly { readonly kept: number; readonly dropped: number }[];
  /** By class, the most found first. */
  readonly classes: readonly {
    readonly label: string;
    readonly found: number;
    readonly kept: number;
  }[];
}

/** Counts what would stay and what would go. */
export function keepTally(
  results: readonly DetectionResult[],
  keep: (detection: Detection) => boolean,
): KeepTally {
  const bars = Array.from({ length: 100 / BAR }, () => ({ kept: 0, dropped: 0 }));
  const classes = new Map<string, { label: string; found: number; kept: number }>();
  let found = 0;
  let kept = 0;
  for (const detection of results.flatMap(({ detections }) => detections)) {
    const stays = keep(detection);
    const { label, confidence } = detection;
    const bar = bars[Math.min(Math.floor((confidence * 100) / BAR), bars.length - 1)];
    if (bar !== undefined) bar[stays ? 'kept' : 'dropped'] += 1;
    const row = classes.get(label) ?? { label, found: 0, kept: 0 };
    classes.set(label, { label, found: row.found + 1, kept: row.kept + (stays ? 1 : 0) });
    found += 1;
    kept += stays ? 1 : 0;
  }
  const moments = results.map(({ capturedAt }) => capturedAt);
  return {
    results: results.length,
    spanMs: results.length === 0 ? 0 : Math.max(...moments) - Math.min(...moments),
    found,
    kept,
    bars,
    classes: [...classes.values()].sort((a, b) => b.found - a.found),
  };
}
