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

/** An entry as a member gets it. */
export interface FeedItem {
  /** Names it to the engine, to acknowledge it by. */
  readonly id: string;
  /** `null` when it is gone, or no entry at all: there is nothing left to do but to acknowledge it. */
  readonly entry: FeedEntry | null;
}

/** Whoever must have every entry: one that is not acknowledged comes again after a restart. */
export interface FeedMember {
  /** Called with entries in the order of publishing. */
  items(items: readonly FeedItem[]): void;
  /** Called when the engine is lost (`away`) and found again (`following`), and at the start. */
  state(state: 'following' | 'away'): void;
  /** The engine lost its memory, and with it what was published and not yet handed over. */
  forgotten(): void;
}

/** A member's place in its group. */
export interface FeedMembership {
  /**
   * These items are kept elsewhere for good, and never come again.
   * @throws FeedUnavailable when the engine cannot be reached in time; they may then come again
   */
  acknowledge(ids: readonly string[]): Promise<void>;
  /** Stops; what was not acknowledged comes when the group is joined again. */
  leave(): Promise<void>;
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
  /**
   * Hands every entry to the one member of a group, first those that an earlier member got and did
   * not acknowledge. The engine remembers the group; a member that is away for long still loses what
   * the feed sheds.
   */
  join(group: string, member: FeedMember): Promise<FeedMembership>;
}

/** The engine behind a feed did not answer in time. */
export class FeedUnavailable extends Error {
  override readonly name = 'FeedUnavailable';
}
