import type { FeedEntry, FeedFollower, FeedItem, FeedMember } from './detection-feed.ts';

/** A follower that keeps what it is told, for tests. */
export class FeedRecorder implements FeedFollower {
  /** Everything that was handed over, in order. */
  readonly entries: FeedEntry[] = [];
  /** Every state, in order. */
  readonly states: ('following' | 'away')[] = [];

  /** Sequences of the frames that the entries are about, in order. */
  get sequences(): number[] {
    return this.entries.map(sequenceOf);
  }

  entry(entry: FeedEntry): void {
    this.entries.push(entry);
  }

  state(state: 'following' | 'away'): void {
    this.states.push(state);
  }
}

/** A member that keeps what it is told, for tests. */
export class MemberRecorder implements FeedMember {
  /** Everything that was handed over, in order. */
  readonly received: FeedItem[] = [];
  /** Every state, in order. */
  readonly states: ('following' | 'away')[] = [];
  /** How often the engine was said to have lost its memory. */
  losses = 0;

  get ids(): string[] {
    return this.received.map(({ id }) => id);
  }

  /** Sequences of the frames that the items are about, in order; `null` for what is gone. */
  get sequences(): (number | null)[] {
    return this.received.map(({ entry }) => (entry === null ? null : sequenceOf(entry)));
  }

  items(items: readonly FeedItem[]): void {
    this.received.push(...items);
  }

  state(state: 'following' | 'away'): void {
    this.states.push(state);
  }

  forgotten(): void {
    this.losses += 1;
  }
}

function sequenceOf(entry: FeedEntry): number {
  return entry.kind === 'result' ? entry.result.sequence : entry.frame.sequence;
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
