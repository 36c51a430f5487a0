import type { Frame } from '@lookout/contracts';
import { type Clock, RateMeter } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../tokens.ts';
import { FrameLedger } from './frame-ledger.ts';
import type { ViewerLedger } from './viewer.ts';

const WINDOW_MS = 10_000;

/** How one viewer keeps up with one camera, over the last 10 s. */
export interface ViewerPace {
  /** Frames sent a second. */
  readonly sent: number;
  /** Frames a second that newer ones replaced before they could be sent. */
  readonly missed: number;
  /** From sending to acknowledgement of the newest frame, in ms, a wait that still goes on included. */
  readonly acknowledgedMs: number | null;
}

/** Knows how each viewer keeps up with each of its cameras. */
@Injectable()
export class ViewerPaces {
  readonly #viewers = new Set<PacedLedger>();

  constructor(
    private readonly ledger: FrameLedger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the ledger of a viewer who comes in, and the way to forget it */
  join(): { ledger: ViewerLedger; leave: () => void } {
    const ledger = new PacedLedger(this.ledger, this.clock);
    this.#viewers.add(ledger);
    return { ledger, leave: () => this.#viewers.delete(ledger) };
  }

  /** Of all who were shown something of the camera just now. */
  of(cameraId: string): ViewerPace[] {
    return [...this.#viewers].flatMap((viewer) => viewer.paceOf(cameraId) ?? []);
  }
}

/** Of one viewer and camera. */
interface Pace {
  readonly sent: RateMeter;
  readonly missed: RateMeter;
  acknowledgedMs: number | null;
  /** When the frame was sent that is not acknowledged yet. */
  awaitedSince: number | null;
}

class PacedLedger implements ViewerLedger {
  readonly #paces = new Map<string, Pace>();

  constructor(
    private readonly ledger: ViewerLedger,
    private readonly clock: Clock,
  ) {}

  sent(frame: Frame, mode: 'live' | 'exact'): (ack: unknown) => void {
    const noted = this.ledger.sent(frame, mode);
    const pace = this.#of(frame.cameraId);
    const sentAt = this.clock.monotonic();
    pace.sent.mark();
    pace.awaitedSince = sentAt;
    return (ack) => {
      pace.acknowledgedMs = this.clock.monotonic() - sentAt;
      pace.awaitedSince = null;
      noted(ack);
    };
  }

  missed(cameraId: string): void {
    this.#of(cameraId).missed.mark();
    this.ledger.missed(cameraId);
  }

  paceOf(cameraId: string): ViewerPace | null {
    const pace = this.#paces.get(cameraId);
    if (pace === undefined) return null;
    const [sent, missed] = [pace.sent.rate(), pace.missed.rate()];
    if (sent === 0 && missed === 0) return null;
    const waited = pace.awaitedSince === null ? 0 : this.clock.monotonic() - pace.awaitedSince;
    const acknowledgedMs =
      pace.acknowledgedMs === null && pace.awaitedSince === null
        ? null
        : Math.max(waited, pace.acknowledgedMs ?? 0);
    return { sent, missed, acknowledgedMs };
  }

  #of(cameraId: string): Pace {
    let pace = this.#paces.get(cameraId);
    if (pace === undefined) {
      const meter = () => new RateMeter(this.clock, WINDOW_MS);
      pace = { sent: meter(), missed: meter(), acknowledgedMs: null, awaitedSince: null };
      this.#paces.set(cameraId, pace);
    }
    return pace;
  }
}
