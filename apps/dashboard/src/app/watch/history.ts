import type { Books, CameraStatus, Hop } from '@lookout/contracts';
import { RingTable } from '../curves/ring-table.ts';
import { missedBetween } from '../figures/missed.ts';

export const HISTORY_SECONDS = 120;

const COLUMNS = [
  'time',
  'capture',
  'live',
  'offered',
  'detected',
  'here',
  'age-offered',
  'age-taken',
  'age-decoded',
  'age-inferred',
  'age-published',
  'age-sent',
  'age-drawn',
  'inference-p50',
  'inference-p95',
  'missed-detector',
  'missed-here',
] as const;

export type HistoryColumn = (typeof COLUMNS)[number];

const HOPS: readonly Hop[] = [
  'offered',
  'taken',
  'decoded',
  'inferred',
  'published',
  'sent',
  'drawn',
];

/** The last two minutes of a camera's figures, one row a second. */
export class History {
  readonly #table = new RingTable(COLUMNS.length, HISTORY_SECONDS + 1);
  #books: Books | null = null;
  #missedHere = 0;

  /**
   * @param now - ms since the Unix epoch
   * @param status - `null` when nothing is known of this second
   * @param here - what this browser measured; `null` while it does not watch
   */
  note(
    now: number,
    status: CameraStatus | null,
    here: { rate: number; missed: number } | null,
  ): void {
    const { rates, ages, inferenceMs } = status ?? {};
    this.#table.push([
      now / 1000,
      rates?.capture,
      rates?.live,
      rates?.offered,
      rates?.detected,
      here?.rate,
      ...HOPS.map((hop) => ages?.[hop]?.p50),
      inferenceMs?.p50,
      inferenceMs?.p95,
      missedBetween(this.#books, status?.books ?? null),
      here === null ? null : here.missed - this.#missedHere,
    ]);
    this.#books = status?.books ?? null;
    this.#missedHere = here?.missed ?? this.#missedHere;
  }

  column(name: HistoryColumn): (number | null)[] {
    return this.#table.column(COLUMNS.indexOf(name));
  }

  newest(name: HistoryColumn): number | null {
    return this.#table.newest(COLUMNS.indexOf(name));
  }
}
