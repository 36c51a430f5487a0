import type { FeedEntry, FeedFollower } from './detection-feed.ts';

/** A follower that keeps what it is told, for tests. */
export class FeedRecorder implements FeedFollower {
  /** Everything that was handed over, in order. */
  readonly entries: FeedEntry[] = [];
  /** Every state, in order. */
  readonly states: ('following' | 'away')[] = [];

  /** Sequences of the frames that the entries are about, in order. */
  get sequences(): number[] {
    return this.entries.map((entry) =>
      entry.kind === 'result' ? entry.result.sequence : entry.frame.sequence,
    );
  }

  entry(entry: FeedEntry): void {
    this.entries.push(entry);
  }

  state(state: 'following' | 'away'): void {
    this.states.push(state);
  }
}

/** A result in which nothing was seen. */
export function resultOf(sequence: number): FeedEntry {
  return {
    kind: 'result',
    result: {
      cameraId: 'gate',
      epoch: 1,
      sequence,
      capturedAt: 1_700_000_000_000.25,
      completedAt: 1_700_000_000_080,
      inferenceMs: 61.5,
      model: 'yolov5s',
      worker: 'w1',
      detections: [],
    },
    ages: { taken: 8.5, published: 80 },
  };
}
