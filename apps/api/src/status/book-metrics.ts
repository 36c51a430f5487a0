import type { GroupBooks } from '@lookout/contracts';
import { Counter, Gauge, type Registry } from 'prom-client';

const COUNTED = [
  'offered',
  'delivered',
  'overwritten',
  'expired',
  'detected',
  'failed',
  'abandoned',
] as const;
const HELD = ['waiting', 'processing'] as const;

/** One group's books of one camera, as they were read. */
export interface BooksReading {
  readonly camera: string;
  readonly consumer: string;
  readonly books: GroupBooks;
}

/** Both equations of the books, term by term, for every camera and consumer group. */
export class BookMetrics {
  readonly #counters: { term: (typeof COUNTED)[number]; counter: Counter }[];
  readonly #gauges: { term: (typeof HELD)[number]; gauge: Gauge }[];

  constructor(registry: Registry) {
    const labels = { labelNames: ['camera', 'consumer'], registers: [registry] };
    this.#counters = COUNTED.map((term) => {
      const help = `Frames ${term}, from the books of the consumer group`;
      const counter = new Counter({ name: `lookout_frames_${term}_total`, help, ...labels });
      return { term, counter };
    });
    this.#gauges = HELD.map((term) => {
      const help = `Frames ${term} now, from the books of the consumer group`;
      return { term, gauge: new Gauge({ name: `lookout_frames_${term}`, help, ...labels }) };
    });
  }

  /** Replaces all that is shown; what is not among the readings is not known, and shows none. */
  show(readings: readonly BooksReading[]): void {
    for (const { term, counter } of this.#counters) {
      counter.reset();
      for (const { books, ...labels } of readings) counter.inc({ ...labels }, books[term]);
    }
    for (const { term, gauge } of this.#gauges) {
      gauge.reset();
      for (const { books, ...labels } of readings) gauge.set({ ...labels }, books[term]);
    }
  }
}
