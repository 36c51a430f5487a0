import {
  type DetectionFeed,
  type FeedEntry,
  type FeedFollower,
  type FeedMember,
  type FeedMembership,
  FeedUnavailable,
} from './detection-feed.ts';
import { decodeEntry, encodeEntry } from './feed-entry.ts';
import { MemoryGroup } from './memory-group.ts';

/** A feed inside one process, for tests. Followers get an entry before `publish` resolves. */
export class MemoryDetectionFeed implements DetectionFeed {
  readonly #followers = new Set<FeedFollower>();
  readonly #groups = new Map<string, MemoryGroup>();
  #away = false;
  #published = 0;

  async publish(entry: FeedEntry): Promise<void> {
    await this.#answer();
    const copy = decodeEntry(encodeEntry(entry));
    if (copy === null) return;
    this.#published += 1;
    for (const follower of this.#followers) follower.entry(copy);
    for (const group of this.#groups.values()) group.add(String(this.#published), copy);
  }

  async follow(follower: FeedFollower): Promise<() => Promise<void>> {
    await Promise.resolve();
    this.#followers.add(follower);
    follower.state(this.#state);
    return () => Promise.resolve(void this.#followers.delete(follower));
  }

  async join(name: string, member: FeedMember): Promise<FeedMembership> {
    await Promise.resolve();
    const group = this.#groups.get(name) ?? new MemoryGroup();
    this.#groups.set(name, group);
    member.state(this.#state);
    group.join(member);
    return {
      acknowledge: async (ids) => {
        await this.#answer();
        group.acknowledge(ids);
      },
      leave: () => {
        group.leave(member);
        return Promise.resolve();
      },
    };
  }

  /** Loses the engine with its memory, or finds it again. */
  setAway(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    for (const listener of [...this.#followers, ...this.#groups.values()]) {
      listener.state(this.#state);
    }
  }

  get #state(): 'following' | 'away' {
    return this.#away ? 'away' : 'following';
  }

  /** Not within the caller's own step, as with a real engine. */
  async #answer(): Promise<void> {
    await Promise.resolve();
    if (this.#away) throw new FeedUnavailable('the feed is away');
  }
}
