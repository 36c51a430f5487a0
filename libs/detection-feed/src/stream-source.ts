import { isReplyError } from '@lookout/redis-link';
import type { Redis } from 'ioredis';
import type { FeedFollower, FeedMember } from './detection-feed.ts';
import { decodeEntry } from './feed-entry.ts';
import {
  forgetShed,
  isBefore,
  makeGroup,
  newestId,
  readAfter,
  readGroup,
  type StreamEntry,
  STREAM_START,
} from './feed-stream.ts';

/** How long a reading waits for entries, and so how late a stream that began anew may be noticed. */
export const BLOCK_MS = 1000;

/** Where a reader reads, and whom it tells. */
export interface StreamSource {
  /** Finds the place to read on; called before each reading. Rejects when Redis has trouble. */
  find(redis: Redis): Promise<void>;
  /** Entries from there on; waits up to `BLOCK_MS` for the first. */
  read(redis: Redis): Promise<StreamEntry[]>;
  handOver(entries: readonly StreamEntry[]): void;
  /** The last reading failed. */
  lost(): void;
  state(state: 'following' | 'away'): void;
}

/** Everything that is published from the first finding on, for a follower. */
export class TailSource implements StreamSource {
  readonly #follower: FeedFollower;
  /** Of the last entry handed over; `undefined` until the stream was first seen. */
  #position: string | undefined;

  constructor(follower: FeedFollower) {
    this.#follower = follower;
  }

  async find(redis: Redis): Promise<void> {
    const newest = await newestId(redis);
    this.#position ??= newest;
    // Redis lost its memory, and its clock went back since: all that is there now is new.
    if (isBefore(newest, this.#position)) this.#position = STREAM_START;
  }

  read(redis: Redis): Promise<StreamEntry[]> {
    return readAfter(redis, this.#position ?? STREAM_START, BLOCK_MS);
  }

  handOver(entries: readonly StreamEntry[]): void {
    for (const { id, json } of entries) {
      this.#position = id;
      const entry = json === undefined ? null : decodeEntry(json);
      if (entry !== null) this.#follower.entry(entry);
    }
  }

  lost(): void {
    // The position holds.
  }

  state(state: 'following' | 'away'): void {
    this.#follower.state(state);
  }
}

/** Everything that a group has not acknowledged, for its member. */
export class GroupSource implements StreamSource {
  readonly #group: string;
  readonly #member: FeedMember;
  #joined = false;
  #everJoined = false;
  /** The last entry handed over. */
  #position = STREAM_START;
  /** Whether there may be entries after the position that Redis thinks were handed over. */
  #backlog = true;

  constructor(group: string, member: FeedMember) {
    this.#group = group;
    this.#member = member;
  }

  async find(redis: Redis): Promise<void> {
    if (this.#joined) return;
    const isNew = await makeGroup(redis, this.#group);
    if (isNew) this.#position = STREAM_START;
    else await forgetShed(redis, this.#group);
    if (isNew && this.#everJoined) this.#member.forgotten();
    this.#joined = true;
    this.#everJoined = true;
    this.#backlog = true;
  }

  async read(redis: Redis): Promise<StreamEntry[]> {
    try {
      return await this.#readOn(redis);
    } catch (error) {
      if (!isEmptied(error)) throw error;
      // Redis is there, and the next finding makes the group anew.
      this.#joined = false;
      return [];
    }
  }

  async #readOn(redis: Redis): Promise<StreamEntry[]> {
    if (this.#backlog) {
      const entries = await readGroup(redis, this.#group, this.#position, BLOCK_MS);
      if (entries.length > 0) return entries;
      this.#backlog = false;
    }
    return readGroup(redis, this.#group, '>', BLOCK_MS);
  }

  handOver(entries: readonly StreamEntry[]): void {
    this.#position = entries.at(-1)?.id ?? this.#position;
    if (entries.length === 0) return;
    this.#member.items(
      entries.map(({ id, json }) => ({ id, entry: json === undefined ? null : decodeEntry(json) })),
    );
  }

  lost(): void {
    this.#joined = false;
  }

  state(state: 'following' | 'away'): void {
    this.#member.state(state);
  }
}

/** Whether the stream went away with its groups, before or while it was read. */
function isEmptied(error: unknown): boolean {
  return isReplyError(error) && /^(?:NOGROUP|UNBLOCKED)\b/.test(error.message);
}
