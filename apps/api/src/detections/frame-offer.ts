import { type Frame, type FrameId } from '@lookout/contracts';
import { type FrameMailbox, MailboxRefused } from '@lookout/frame-mailbox';
import { frameAge } from '@lookout/host';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { Metrics } from '../status/metrics.ts';
import { FrameTracing } from '../telemetry/frame-tracing.ts';
import { CLOCK, FRAME_MAILBOX, HOST_ID } from '../tokens.ts';
import { KeptFrames } from './kept-frames.ts';
import { MailboxRegistrar } from './mailbox-registrar.ts';

/**
 * Offers frames to the detector through the mailbox, one publish at a time for each camera. A frame
 * that comes while the one before is still on its way, or that the mailbox does not take, is dropped
 * and counted as refused: a queue here would only make frames old.
 */
@Injectable()
export class FrameOffer implements FrameListener {
  readonly #kept = new Map<string, KeptFrames>();
  readonly #publishing = new Set<string>();

  constructor(
    fanOut: FrameFanOut,
    private readonly watch: CameraWatch,
    private readonly registrar: MailboxRegistrar,
    private readonly metrics: Metrics,
    private readonly tracing: FrameTracing,
    @Inject(FRAME_MAILBOX) private readonly mailbox: FrameMailbox,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HOST_ID) private readonly host: string,
  ) {
    fanOut.listen(this);
  }

  offered(frame: Frame): void {
    if (this.watch.get(frame.cameraId) === undefined) return;
    if (this.#publishing.has(frame.cameraId)) {
      this.#refused(frame.cameraId);
      return;
    }
    void this.#publish(frame);
  }

  cameraRemoved(cameraId: string): void {
    this.#kept.delete(cameraId);
  }

  /** The very frame that was offered, once; `null` when it is gone. */
  take(id: FrameId): Frame | null {
    return this.#kept.get(id.cameraId)?.take(id) ?? null;
  }

  /** Forgets a frame that will have no result. */
  drop(id: FrameId): void {
    this.#kept.get(id.cameraId)?.drop(id);
  }

  /** Forgets frames whose results did not come in time, also where nothing is offered any more. */
  prune(): void {
    for (const kept of this.#kept.values()) kept.prune();
  }

  async #publish(frame: Frame): Promise<void> {
    const { cameraId } = frame;
    const kept = this.#keptOf(cameraId);
    // Kept first: a quick worker's result may be here before the mailbox has said yes.
    kept.keep(frame);
    this.tracing.offering(frame);
    this.#publishing.add(cameraId);
    try {
      if ((await this.mailbox.publish(frame)) === 'accepted') this.#accepted(frame);
    } catch (error) {
      this.#refused(cameraId);
      // Without an answer the frame may have arrived all the same, and a result may come.
      if (error instanceof MailboxRefused) {
        kept.drop(frame);
        if (this.watch.get(cameraId) !== undefined) this.registrar.renew(cameraId);
      }
    } finally {
      this.#publishing.delete(cameraId);
    }
  }

  #accepted(frame: Frame): void {
    const measures = this.watch.get(frame.cameraId)?.measures;
    if (measures === undefined) return;
    const age = frameAge(frame, this.clock, this.host);
    measures.happened('offered');
    measures.age('offered', age);
    this.tracing.offered(frame, age);
    this.metrics.age(frame.cameraId, 'offered', age);
  }

  #refused(cameraId: string): void {
    const watched = this.watch.get(cameraId);
    if (watched === undefined) return;
    watched.refused += 1;
    this.metrics.refused.inc({ camera: cameraId });
  }

  #keptOf(cameraId: string): KeptFrames {
    let kept = this.#kept.get(cameraId);
    if (kept === undefined) {
      kept = new KeptFrames(this.clock);
      this.#kept.set(cameraId, kept);
    }
    return kept;
  }
}
