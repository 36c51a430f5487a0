import type { Books } from '@lookout/contracts';
import { DETECTOR_GROUP, type FrameMailbox } from '@lookout/frame-mailbox';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { CLOCK, FRAME_MAILBOX } from '../tokens.ts';

const READ_MS = 1000;

/** Reads each camera's books once a second, and when asked. */
@Injectable()
export class BooksWatch implements FrameListener {
  readonly #newest = new Map<string, Books>();
  readonly #listeners = new Set<() => void>();
  #reading: Promise<void> | null = null;
  #stop: () => void = () => undefined;

  constructor(
    fanOut: FrameFanOut,
    private readonly watch: CameraWatch,
    @Inject(FRAME_MAILBOX) private readonly mailbox: FrameMailbox,
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

  /** The newest reading; `null` when it failed. */
  newest(cameraId: string): Books | null {
    return this.#newest.get(cameraId) ?? null;
  }

  /** One atomic reading; `null` while Redis is away or has not heard of the camera. */
  async read(cameraId: string): Promise<Books | null> {
    const watched = this.watch.get(cameraId);
    if (watched === undefined) return null;
    const capturedWhenAsked = watched.captured;
    const group = await this.mailbox.books(cameraId, DETECTOR_GROUP).catch(() => null);
    const captured = watched.capturedSince(group?.id ?? null, capturedWhenAsked);
    // The camera may have been deleted, or made anew, while the mailbox answered.
    if (group === null || this.watch.get(cameraId) !== watched) {
      this.#newest.delete(cameraId);
      return null;
    }
    const books = { ...group, captured };
    this.#newest.set(cameraId, books);
    return books;
  }

  /** Reads every camera's books; whoever asks meanwhile waits for the same reading. */
  readAll(): Promise<void> {
    this.#reading ??= this.#readEach();
    return this.#reading;
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
