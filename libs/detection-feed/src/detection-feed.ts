import type { DetectionResult, FrameId, Hop } from '@lookout/contracts';

/** Age of a frame since its capture, in ms, at each hop that the worker saw. */
export type HopAges = Partial<Record<Hop, number>>;

/** A frame was looked at. */
export interface FeedResult {
  readonly kind: 'result';
  readonly result: DetectionResult;
  readonly ages: HopAges;
}

/** A frame was taken but could not be looked at: not the same as 'nothing there'. */
export interface FeedFailure {
  readonly kind: 'failure';
  readonly frame: FrameId;
  readonly worker: string;
  readonly model: string;
  /** In words for an operator. */
  readonly reason: string;
  /** ms since the Unix epoch. */
  readonly failedAt: number;
  /** As far as the frame came. */
  readonly ages: HopAges;
}

/** What a worker has to say about one frame. */
export type FeedEntry = FeedResult | FeedFailure;

/** Whoever follows a feed. */
export interface FeedFollower {
  /** Called once for each entry, in the order of publishing. */
  entry(entry: FeedEntry): void;
  /** Called when the engine is lost (`away`) and found again (`following`), and at the start. */
  state(state: 'following' | 'away'): void;
}

/**
 * Results on their way from workers to whoever shows them: short, ordered, bounded. A follower sees
 * what is published from its start on; one that is too slow or away loses the oldest entries.
 * Hides the engine. Whoever made the connection closes it.
 */
export interface DetectionFeed {
  /**
   * Adds an entry.
   * @throws FeedUnavailable when the engine cannot be reached in time
   */
  publish(entry: FeedEntry): Promise<void>;
  /**
   * Hands every entry published from now on to the follower, through losses of the engine.
   * @returns stops following
   */
  follow(follower: FeedFollower): Promise<() => Promise<void>>;
}

/** The engine behind a feed did not answer in time. */
export class FeedUnavailable extends Error {
  override readonly name = 'FeedUnavailable';
}
