import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { CaptureState, FrameListener, RestartCause } from '../capture/frame-listener.ts';
import { CLOCK } from '../tokens.ts';
import { ArrivalTimes } from './arrival-times.ts';
import type { Arrivals } from './diagnosis/facts.ts';

const RESTARTS_MS = 60_000;

/** Notes when frames come from each camera's decoder, and when its capture broke. */
@Injectable()
export class ArrivalWatch implements FrameListener {
  readonly #times = new Map<string, ArrivalTimes>();
  readonly #restarts = new Map<string, number[]>();

  constructor(
    fanOut: FrameFanOut,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    fanOut.listen(this);
  }

  captureState(cameraId: string, { state }: CaptureState): void {
    // What came before a pause of minutes says nothing of how frames come after it.
    if (state === 'starting') this.#times.delete(cameraId);
  }

  arrived(cameraId: string, at: number): void {
    let times = this.#times.get(cameraId);
    if (times === undefined) {
      times = new ArrivalTimes();
      this.#times.set(cameraId, times);
    }
    times.note(at);
  }

  captureRestarted(cameraId: string, cause: RestartCause): void {
    if (cause === 'changed' || cause === 'failed') return;
    this.#restarts.set(cameraId, [...this.#recent(cameraId), this.clock.monotonic()]);
  }

  cameraRemoved(cameraId: string): void {
    this.#times.delete(cameraId);
    this.#restarts.delete(cameraId);
  }

  arrivals(cameraId: string): Arrivals | null {
    return this.#times.get(cameraId)?.read(this.clock.monotonic()) ?? null;
  }

  /** Captures that ended or stalled within the last minute. */
  restarts(cameraId: string): number {
    return this.#recent(cameraId).length;
  }

  #recent(cameraId: string): number[] {
    const oldest = this.clock.monotonic() - RESTARTS_MS;
    return (this.#restarts.get(cameraId) ?? []).filter((at) => at > oldest);
  }
}
