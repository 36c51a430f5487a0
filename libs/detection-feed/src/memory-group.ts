import type { FeedEntry, FeedItem, FeedMember } from './detection-feed.ts';

/** One group of a feed inside one process: what it has yet to get or to acknowledge. */
export class MemoryGroup {
  readonly #items = new Map<string, FeedItem>();
  #member: FeedMember | null = null;

  /** A member takes the place of the one before, and gets what that one left. */
  join(member: FeedMember): void {
    this.#member = member;
    if (this.#items.size > 0) member.items([...this.#items.values()]);
  }

  leave(member: FeedMember): void {
    if (this.#member === member) this.#member = null;
  }

  add(id: string, entry: FeedEntry): void {
    const item = { id, entry };
    this.#items.set(id, item);
    this.#member?.items([item]);
  }

  acknowledge(ids: readonly string[]): void {
    for (const id of ids) this.#items.delete(id);
  }

  /** Loses the engine's memory, or says that it is back. */
  state(state: 'following' | 'away'): void {
    if (state === 'away') this.#items.clear();
    this.#member?.state(state);
    if (state === 'following') this.#member?.forgotten();
  }
}
