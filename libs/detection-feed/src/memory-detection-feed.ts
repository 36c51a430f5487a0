import {
  type DetectionFeed,
  type FeedEntry,
  type FeedFollower,
  FeedUnavailable,
} from './detection-feed.ts';
import { decodeEntry, encodeEntry } from './feed-entry.ts';

/** A feed inside one process, for tests. Followers get an entry before `publish` resolves. */
export class MemoryDetectionFeed implements DetectionFeed {
  readonly #followers = new Set<FeedFollower>();
  #away = false;

  async publish(entry: FeedEntry): Promise<void> {
    // Not within the caller's own step, as with a real engine.
    await Promise.resolve();
    if (this.#away) throw new FeedUnavailable('the feed is away');
    const copy = decodeEntry(encodeEntry(entry));
    if (copy === null) return;
    for (const follower of this.#followers) follower.entry(copy);
  }

  async follow(follower: FeedFollower): Promise<() => Promise<void>> {
    await Promise.resolve();
    this.#followers.add(follower);
    follower.state(this.#away ? 'away' : 'following');
    return () => Promise.resolve(void this.#followers.delete(follower));
  }

  /** Loses the engine, or finds it again. */
  setAway(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    for (const follower of this.#followers) follower.state(away ? 'away' : 'following');
  }
}
