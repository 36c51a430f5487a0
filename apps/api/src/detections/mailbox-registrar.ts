import { type Camera, staleAfterMs } from '@lookout/contracts';
import { DETECTOR_GROUP, type FrameMailbox } from '@lookout/frame-mailbox';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { CLOCK, FRAME_MAILBOX } from '../tokens.ts';

const RETRY_MS = 500;

/** What the mailbox has yet to hear of one camera. */
interface Errand {
  readonly remove: boolean;
  readonly register: boolean;
}

/** Tells the mailbox which cameras there are, again and again until it has heard. */
@Injectable()
export class MailboxRegistrar implements FrameListener {
  readonly #errands = new Map<string, Errand>();
  readonly #logger = new Logger(MailboxRegistrar.name);
  #running = false;
  #stopped = false;
  #cancelRetry: () => void = () => undefined;
  #said = '';

  constructor(
    fanOut: FrameFanOut,
    private readonly watch: CameraWatch,
    @Inject(FRAME_MAILBOX) private readonly mailbox: FrameMailbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    fanOut.listen(this);
  }

  cameraAdded(camera: Camera): void {
    this.renew(camera.id);
  }

  cameraChanged(camera: Camera): void {
    this.renew(camera.id);
  }

  cameraRemoved(cameraId: string): void {
    this.#want(cameraId, { remove: true, register: false });
  }

  /** The mailbox may have lost its memory of this camera. */
  renew(cameraId: string): void {
    const remove = this.#errands.get(cameraId)?.remove ?? false;
    this.#want(cameraId, { remove, register: true });
  }

  renewAll(): void {
    for (const { camera } of this.watch.all()) this.renew(camera.id);
  }

  onModuleDestroy(): void {
    this.#stopped = true;
    this.#cancelRetry();
  }

  #want(cameraId: string, errand: Errand): void {
    this.#errands.set(cameraId, errand);
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    this.#cancelRetry();
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) {
        await this.#do(next[0], next[1]);
        if (this.#errands.get(next[0]) === next[1]) this.#errands.delete(next[0]);
      }
      this.#said = '';
    } catch (error) {
      this.#complain(error);
      this.#cancelRetry = this.clock.after(RETRY_MS, () => void this.#run());
    } finally {
      this.#running = false;
    }
  }

  #next(): [string, Errand] | undefined {
    if (this.#stopped) return undefined;
    return this.#errands.entries().next().value;
  }

  async #do(cameraId: string, errand: Errand): Promise<void> {
    if (errand.remove) await this.mailbox.remove(cameraId);
    const watched = this.watch.get(cameraId);
    if (!errand.register || watched === undefined) return;
    watched.registering();
    await this.mailbox.register({
      cameraId,
      groups: [DETECTOR_GROUP],
      expiryMs: staleAfterMs(watched.camera),
      detection: watched.camera.detection,
    });
  }

  #complain(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    if (words !== this.#said) this.#logger.warn(`The mailbox hears of no camera now: ${words}`);
    this.#said = words;
  }
}
