import { type Camera, staleAfterMs } from '@lookout/contracts';
import type { FrameMailbox } from '@lookout/frame-mailbox';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CAMERAS_REPOSITORY, type CamerasRepository } from '../cameras/cameras.repository.ts';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { CLOCK, CONSUMERS, FRAME_MAILBOX } from '../tokens.ts';

const RETRY_MS = 500;

/** What the mailbox has yet to hear of one camera. */
interface Errand {
  readonly remove: boolean;
  readonly register: boolean;
  failed: boolean;
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
    @Inject(CONSUMERS) private readonly consumers: readonly string[],
    @Inject(CAMERAS_REPOSITORY) private readonly repository: CamerasRepository,
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
    this.#want(cameraId, true, false);
  }

  /** The mailbox may have lost its memory of this camera. */
  renew(cameraId: string): void {
    const remove = this.#errands.get(cameraId)?.remove ?? false;
    this.#want(cameraId, remove, true);
  }

  /** The mailbox is there, perhaps without its memory, perhaps with that of a time before. */
  renewAll(): void {
    for (const { camera } of this.watch.all()) this.renew(camera.id);
    this.#removeUnknown().catch((error: unknown) => {
      this.#complain(error);
    });
  }

  onModuleDestroy(): void {
    this.#stopped = true;
    this.#cancelRetry();
  }

  /**
   * Cameras that were deleted while the mailbox was away, by a process that has ended since. They are
   * looked for in the database, which knows its cameras before this process has begun with them.
   */
  async #removeUnknown(): Promise<void> {
    const registered = await Promise.all(this.consumers.map((name) => this.mailbox.cameras(name)));
    const known = new Set((await this.repository.list()).map(({ id }) => id));
    for (const id of new Set(registered.flat())) {
      if (!known.has(id) && this.watch.get(id) === undefined) this.#want(id, true, false);
    }
  }

  #want(cameraId: string, remove: boolean, register: boolean): void {
    this.#errands.set(cameraId, { remove, register, failed: false });
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    this.#cancelRetry();
    let failed = false;
    for (let round = this.#fresh(); round.length > 0; round = this.#fresh()) {
      for (const [cameraId, errand] of round)
        failed = !(await this.#try(cameraId, errand)) || failed;
    }
    this.#running = false;
    for (const errand of this.#errands.values()) errand.failed = false;
    if (failed) this.#cancelRetry = this.clock.after(RETRY_MS, () => void this.#run());
    else this.#said = '';
  }

  /** Errands that were not tried in this run. */
  #fresh(): [string, Errand][] {
    if (this.#stopped) return [];
    return [...this.#errands].filter(([, errand]) => !errand.failed);
  }

  async #try(cameraId: string, errand: Errand): Promise<boolean> {
    try {
      await this.#do(cameraId, errand);
      if (this.#errands.get(cameraId) === errand) this.#errands.delete(cameraId);
      return true;
    } catch (error) {
      errand.failed = true;
      this.#complain(error);
      return false;
    }
  }

  async #do(cameraId: string, errand: Errand): Promise<void> {
    if (errand.remove) await this.mailbox.remove(cameraId);
    const watched = this.watch.get(cameraId);
    if (!errand.register || watched === undefined) return;
    await this.mailbox.register({
      cameraId,
      groups: this.consumers,
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
