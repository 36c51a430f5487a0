import type { Books, GroupBooks } from '@lookout/contracts';
import { DETECTOR_GROUP, type FrameMailbox } from '@lookout/frame-mailbox';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import type { BooksReading } from '../status/book-metrics.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { CLOCK, CONSUMERS, FRAME_MAILBOX } from '../tokens.ts';

const READ_MS = 1000;

/** The books of the detector, and of every group by its name. */
interface CameraBooks {
  readonly detector: Books | null;
  readonly groups: ReadonlyMap<string, GroupBooks>;
}

/** Reads each camera's books once a second, and when asked. */
@Injectable()
export class BooksWatch implements FrameListener {
  readonly #newest = new Map<string, CameraBooks>();
  readonly #listeners = new Set<() => void>();
  #reading: Promise<void> | null = null;
  #stop: () => void = () => undefined;

  constructor(
    fanOut: FrameFanOut,
    private readonly watch: CameraWatch,
    @Inject(FRAME_MAILBOX) private readonly mailbox: FrameMailbox,
    @Inject(CONSUMERS) private readonly consumers: readonly string[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    fanOut.listen(this);
  }

  /** @param listener - called once a second, after all books were read or proved out of reach */
  onRead(listener: () => void): void {
    this.#listeners.add(listener);
  }

  onModuleInit(): void {
    this.#stop = this.clock.every(READ_MS, () => void this.#tick());
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  cameraRemoved(cameraId: string): void {
    this.#newest.delete(cameraId);
  }

  /** The detector's newest reading; `null` when it failed. */
  newest(cameraId: string): Books | null {
    return this.#newest.get(cameraId)?.detector ?? null;
  }

  /** The newest reading of every camera and group, where it did not fail. */
  readings(): BooksReading[] {
    return [...this.#newest].flatMap(([camera, { groups }]) =>
      Array.from(groups, ([consumer, books]) => ({ camera, consumer, books })),
    );
  }

  /** One atomic reading of each group's; the detector's is `null` while Redis is away or has not heard of the camera. */
  async read(cameraId: string): Promise<Books | null> {
    const watched = this.watch.get(cameraId);
    if (watched === undefined) return null;
    const capturedWhenAsked = watched.captured;
    const groups = await this.#readGroups(cameraId);
    const group = groups.get(DETECTOR_GROUP);
    const captured = watched.capturedSince(group?.id ?? null, capturedWhenAsked);
    // The camera may have been deleted, or made anew, while the mailbox answered.
    if (this.watch.get(cameraId) !== watched) {
      this.#newest.delete(cameraId);
      return null;
    }
    const detector = group === undefined ? null : { ...group, captured };
    this.#newest.set(cameraId, { detector, groups });
    return detector;
  }

  /** Reads every camera's books; whoever asks meanwhile waits for the same reading. */
  readAll(): Promise<void> {
    this.#reading ??= this.#readEach();
    return this.#reading;
  }

  async #readGroups(cameraId: string): Promise<Map<string, GroupBooks>> {
    const groups = new Map<string, GroupBooks>();
    const read = async (consumer: string) => {
      const books = await this.mailbox.books(cameraId, consumer).catch(() => null);
      if (books !== null) groups.set(consumer, books);
    };
    await Promise.all(this.consumers.map(read));
    return groups;
  }

  async #readEach(): Promise<void> {
    await Promise.all(Array.from(this.watch.all(), ({ camera }) => this.read(camera.id)));
    this.#reading = null;
  }

  async #tick(): Promise<void> {
    await this.readAll();
    for (const listener of this.#listeners) listener();
  }
}
