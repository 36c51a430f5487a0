import {
  type CameraStatus,
  compareFrames,
  type DetectionResult,
  type EventNotice,
  type Frame,
  type FrameId,
  type watchSchema,
} from '@lookout/contracts';
import { type Clock, Pacer } from '@lookout/timing';
import type { z } from 'zod';
import { ViewerOutbox } from './viewer-outbox.ts';

/** The way to one viewer. */
export interface ViewerWire {
  /** Whether more may be sent than frames, which their acknowledgements bound. */
  readonly isFree: boolean;
  /** @param acknowledged - called once, or never, with whatever the viewer says of the frame */
  frame(frame: Frame, acknowledged: (ack: unknown) => void): void;
  detections(result: DetectionResult): void;
  status(status: CameraStatus): void;
  event(notice: EventNotice): void;
}

/** What became of the frames. */
export interface ViewerLedger {
  /** @returns called when the viewer acknowledges */
  sent(frame: Frame, mode: 'live' | 'exact'): (ack: unknown) => void;
  missed(cameraId: string): void;
}

/** In `exact` mode a frame travels with what was seen in it. */
interface Outgoing {
  readonly frame: Frame;
  readonly result: DetectionResult | null;
}

interface Watch {
  readonly mode: 'live' | 'exact';
  readonly pacer: Pacer | null;
}

/** One who looks at cameras through one socket. */
export class Viewer {
  readonly #wire: ViewerWire;
  readonly #ledger: ViewerLedger;
  readonly #clock: Clock;
  readonly #watches = new Map<string, Watch>();
  /** Cameras that were deleted while they were watched: the ends of their events are to come. */
  readonly #ending = new Set<string>();
  // These outlive their watches: a frame that is unacknowledged still is when the wish comes again.
  readonly #outboxes = new Map<string, ViewerOutbox<Outgoing>>();
  readonly #lastSent = new Map<string, Pick<FrameId, 'epoch' | 'sequence'>>();

  constructor(wire: ViewerWire, ledger: ViewerLedger, clock: Clock) {
    this.#wire = wire;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  isWatching(cameraId: string): boolean {
    return this.#watches.has(cameraId);
  }

  watch({ cameraId, mode, maxFps }: z.output<typeof watchSchema>): void {
    this.#outboxes.get(cameraId)?.clear();
    const pacer = maxFps === undefined ? null : new Pacer(maxFps);
    this.#watches.set(cameraId, { mode, pacer });
  }

  /** The camera was deleted. */
  cameraRemoved(cameraId: string): void {
    if (this.isWatching(cameraId)) this.#ending.add(cameraId);
    this.unwatch(cameraId);
  }

  /** What of this id comes now is of another camera. */
  cameraAdded(cameraId: string): void {
    this.#ending.delete(cameraId);
  }

  unwatch(cameraId: string): void {
    this.#outboxes.get(cameraId)?.clear();
    this.#watches.delete(cameraId);
  }

  /** The newest picture, for a viewer in `live` mode; one that it had already is not sent again. */
  live(frame: Frame): void {
    const watch = this.#watches.get(frame.cameraId);
    if (watch?.mode !== 'live') return;
    const last = this.#lastSent.get(frame.cameraId);
    if (last !== undefined && compareFrames(frame, last) <= 0) return;
    if (this.#isDue(watch)) this.#offer({ frame, result: null });
  }

  /** Detections for all who watch; in `exact` mode with the very frame, and not without it. */
  detected(result: DetectionResult, frame: Frame | null): void {
    const watch = this.#watches.get(result.cameraId);
    if (watch?.mode === 'live') {
      if (this.#wire.isFree) this.#wire.detections(result);
    } else if (watch?.mode === 'exact') {
      if (frame === null) this.#ledger.missed(result.cameraId);
      else if (this.#isDue(watch)) this.#offer({ frame, result });
    }
  }

  status(status: CameraStatus): void {
    if (this.isWatching(status.cameraId) && this.#wire.isFree) this.#wire.status(status);
  }

  event(notice: EventNotice): void {
    const { cameraId, state } = notice;
    const isTold = this.isWatching(cameraId) || (state === 'ended' && this.#ending.has(cameraId));
    if (isTold && this.#wire.isFree) this.#wire.event(notice);
  }

  #isDue(watch: Watch): boolean {
    return watch.pacer?.accept(this.#clock.monotonic()) ?? true;
  }

  #offer(outgoing: Outgoing): void {
    const { cameraId } = outgoing.frame;
    let outbox = this.#outboxes.get(cameraId);
    if (outbox === undefined) {
      outbox = new ViewerOutbox((item) => {
        this.#send(item);
      });
      this.#outboxes.set(cameraId, outbox);
    }
    if (outbox.offer(outgoing) === 'replaced') this.#ledger.missed(cameraId);
  }

  #send({ frame, result }: Outgoing): void {
    const { cameraId, epoch, sequence } = frame;
    this.#lastSent.set(cameraId, { epoch, sequence });
    const noted = this.#ledger.sent(frame, result === null ? 'live' : 'exact');
    this.#wire.frame(frame, (ack) => {
      noted(ack);
      this.#outboxes.get(cameraId)?.acknowledge();
    });
    if (result !== null) this.#wire.detections(result);
  }
}
