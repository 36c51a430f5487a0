import { setTimeout as delay } from 'node:timers/promises';
import {
  type DetectionSettings,
  detectionSettingsSchema,
  type GroupBooks,
} from '@lookout/contracts';
import { type FeedEntry, RedisDetectionFeed } from '@lookout/detection-feed';
import { DETECTOR_GROUP, RedisFrameMailbox } from '@lookout/frame-mailbox';
import { hostClock, hostId } from '@lookout/host';
import { connectRedis } from '@lookout/redis-link';
import { expect } from 'vitest';

const clock = hostClock();
/** Between frames of a camera: many more than the workers of a test can look at. */
const FRAME_MS = 10;

/** Cameras that always have a new frame, for worker processes to share; their books are watched. */
export class SharedCameras {
  readonly entries: FeedEntry[] = [];
  /** Readings of the books that did not add up. */
  readonly imbalances: GroupBooks[] = [];
  readonly #redis;
  readonly #mailbox: RedisFrameMailbox;
  readonly #jpeg: Uint8Array;
  readonly #newest = new Map<string, GroupBooks>();
  #cameras: string[] = [];
  #sequence = 0;
  #offering = true;
  #offered: Promise<void> = Promise.resolve();

  constructor(redisUrl: string, jpeg: Uint8Array = Buffer.alloc(100)) {
    this.#redis = connectRedis(redisUrl, { name: 'cameras', commandTimeoutMs: 5000 });
    this.#mailbox = new RedisFrameMailbox(this.#redis);
    this.#jpeg = jpeg;
  }

  /** Registers the cameras and begins to offer their frames. */
  async begin(settings: Readonly<Record<string, Partial<DetectionSettings>>>): Promise<void> {
    await expect.poll(() => this.#redis.ping()).toBe('PONG');
    await new RedisDetectionFeed(this.#redis).follow({
      entry: (entry) => this.entries.push(entry),
      state: () => undefined,
    });
    await this.set(settings);
    this.#cameras = Object.keys(settings);
    this.#offered = this.#offer();
  }

  /** Changes settings while everything runs. */
  async set(settings: Readonly<Record<string, Partial<DetectionSettings>>>): Promise<void> {
    for (const [cameraId, some] of Object.entries(settings)) {
      const detection = detectionSettingsSchema.parse(some);
      const groups = [DETECTOR_GROUP];
      await this.#mailbox.register({ cameraId, groups, expiryMs: 10_000, detection });
    }
  }

  /** Frames that were taken of each camera so far. */
  taken(): number[] {
    return this.#cameras.map((id) => this.#newest.get(id)?.delivered ?? 0);
  }

  sum(term: 'detected' | 'failed' | 'abandoned' | 'processing'): number {
    return this.#cameras.reduce((sum, id) => sum + (this.#newest.get(id)?.[term] ?? 0), 0);
  }

  /** Lets the workers take so many frames. @returns how many of each camera */
  async turns(count: number): Promise<number[]> {
    const before = this.taken();
    const gained = (): number[] => this.taken().map((now, i) => now - (before[i] ?? 0));
    const wait = { timeout: 60_000, interval: 5 };
    await expect.poll(() => total(gained()), wait).toBeGreaterThanOrEqual(count);
    return gained();
  }

  /** Offers no more, and waits until the workers have come to the end of every frame. */
  async drain(): Promise<void> {
    this.#offering = false;
    await this.#offered;
    await expect.poll(() => this.#read(), { timeout: 20_000 }).toBe(0);
  }

  async close(): Promise<void> {
    this.#offering = false;
    await this.#offered;
    this.#redis.disconnect();
  }

  async #offer(): Promise<void> {
    while (this.#offering) {
      this.#sequence += 1;
      for (const cameraId of this.#cameras) {
        await this.#mailbox.publish({
          cameraId,
          epoch: 1,
          sequence: this.#sequence,
          capturedAt: clock.now(),
          capturedMonotonic: clock.monotonic(),
          host: hostId(),
          width: 640,
          height: 480,
          jpeg: this.#jpeg,
        });
      }
      await this.#read();
      await delay(FRAME_MS);
    }
  }

  /** Reads and checks all books. @returns how many frames have not come to their end */
  async #read(): Promise<number> {
    let open = 0;
    for (const id of this.#cameras) {
      const books = await this.#mailbox.books(id, DETECTOR_GROUP);
      if (books === null) throw new Error(`the books of ${id} are gone`);
      this.#newest.set(id, books);
      const { offered, delivered, overwritten, expired, waiting } = books;
      const { detected, failed, abandoned, processing } = books;
      const balanced =
        offered === delivered + overwritten + expired + waiting &&
        delivered === detected + failed + abandoned + processing;
      if (!balanced) this.imbalances.push(books);
      open += waiting + processing;
    }
    return open;
  }
}

/** The sum of some numbers. */
export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
