import type { JobCounts, JobQueue } from '@lookout/contracts';
import type { Chart, CurveHistory } from '../curves/curve-data.ts';

type QueueColumn = 'open' | 'failed';

/** Of one queue. */
export const QUEUE_CHART: Chart<QueueColumn> = {
  id: 'queue',
  title: 'Last 15 minutes',
  meaning: 'Open jobs (waiting, active and delayed) and failed ones',
  unit: 'jobs',
  seconds: 15 * 60,
  lines: [
    { label: 'open', column: 'open', colour: 1, fillTo: 'ground' },
    { label: 'failed', column: 'failed', colour: 3, dashed: true },
  ],
};

/** How a queue has been doing, up to the newest answer. */
export class QueueCurve implements CurveHistory<QueueColumn> {
  readonly #moments: readonly { readonly at: number; readonly counts: JobCounts | null }[];

  /**
   * @param answeredAt - when it was told, in ms since the Unix epoch by this browser's clock
   * @param offset - browser minus server, in ms
   */
  constructor({ history, counts }: JobQueue, answeredAt: number, offset: number) {
    this.#moments = [
      ...history.map((moment) => ({ at: Date.parse(moment.at) + offset, counts: moment.counts })),
      { at: answeredAt, counts },
    ];
  }

  column(name: QueueColumn | 'time'): (number | null)[] {
    return this.#moments.map(({ at, counts }) => (name === 'time' ? at / 1000 : of(counts, name)));
  }

  newest(name: QueueColumn): number | null {
    return of(this.#moments.at(-1)?.counts ?? null, name);
  }
}

function of(counts: JobCounts | null, name: QueueColumn): number | null {
  if (counts === null) return null;
  const { waiting, active, delayed, failed } = counts;
  return name === 'failed' ? failed : waiting + active + delayed;
}
