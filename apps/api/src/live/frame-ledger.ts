import { type Frame, frameAckSchema, type Hop } from '@lookout/contracts';
import { frameAge } from '@lookout/host';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { CameraWatch } from '../status/camera-watch.ts';
import { Metrics } from '../status/metrics.ts';
import { CLOCK, HOST_ID } from '../tokens.ts';
import type { ViewerLedger } from './viewer.ts';

/** Beyond this a viewer is not drawing slowly, but away. */
const LONGEST_ROUND_TRIP_MS = 10_000;

/** Notes how old frames are when they are sent and drawn, and how many viewers missed. */
@Injectable()
export class FrameLedger implements ViewerLedger {
  constructor(
    private readonly watch: CameraWatch,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HOST_ID) private readonly host: string,
  ) {}

  sent(frame: Frame, mode: 'live' | 'exact' = 'live'): (ack: unknown) => void {
    // An exact frame is as old as its inference: mixed in, it would blur how old live pictures are.
    if (mode === 'exact') return () => undefined;
    const { cameraId } = frame;
    const age = frameAge(frame, this.clock, this.host);
    const sentAt = this.clock.monotonic();
    this.#note(cameraId, 'sent', age);
    return (ack) => {
      const drawnAfter = frameAckSchema.safeParse(ack).data?.drawnAfterMs;
      const roundTrip = this.clock.monotonic() - sentAt;
      if (drawnAfter === undefined || drawnAfter > roundTrip) return;
      // So nobody can claim an age outside of what was measured here, nor one without bounds.
      if (roundTrip > LONGEST_ROUND_TRIP_MS) return;
      // There and back took the round trip without the drawing; there alone, half of it.
      this.#note(cameraId, 'drawn', age + (roundTrip - drawnAfter) / 2 + drawnAfter);
    };
  }

  missed(cameraId: string): void {
    if (this.watch.get(cameraId) === undefined) return;
    this.metrics.viewerDropped.inc({ camera: cameraId });
  }

  #note(cameraId: string, hop: Hop, ms: number): void {
    const watched = this.watch.get(cameraId);
    if (watched === undefined) return;
    watched.measures.age(hop, ms);
    this.metrics.age(cameraId, hop, ms);
  }
}
