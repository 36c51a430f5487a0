import type { Frame, FrameId } from '@lookout/contracts';
import type { FeedEntry } from '@lookout/detection-feed';
import type { FrameTraces, Stretch, TracedFrame } from '@lookout/frame-traces';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, FRAME_TRACES } from '../tokens.ts';

/** Frames whose end has not come: what is beyond has long been replaced in the mailbox. */
const MOST_UNDER_WAY = 1024;

/** A traced frame between its offer and its result. */
interface UnderWay extends TracedFrame {
  readonly capturedMonotonic: number;
  /** Age when the mailbox confirmed it; `undefined`: it has not yet. */
  offered?: number;
}

/** Traces the api's part of a frame's way, for those that are inferred. */
@Injectable()
export class FrameTracing implements OnApplicationShutdown {
  readonly #underWay = new Map<string, UnderWay>();

  constructor(
    @Inject(FRAME_TRACES) private readonly traces: FrameTraces,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The mailbox is about to get this frame. */
  offering({ cameraId, epoch, sequence, capturedAt, capturedMonotonic }: Frame): void {
    const frame = { cameraId, epoch, sequence, capturedAt, capturedMonotonic };
    if (!this.traces.wants(frame)) return;
    this.#underWay.set(keyOf(frame), frame);
    const [oldest] = this.#underWay.keys();
    if (this.#underWay.size > MOST_UNDER_WAY && oldest !== undefined) {
      this.#underWay.delete(oldest);
    }
  }

  /** The mailbox has confirmed it. @param age - since its capture, in ms */
  offered(frame: FrameId, age: number): void {
    const underWay = this.#underWay.get(keyOf(frame));
    if (underWay !== undefined) underWay.offered = age;
  }

  /** What a worker had to say of it was handed on. */
  ended(entry: FeedEntry): void {
    const key = keyOf(entry.kind === 'result' ? entry.result : entry.frame);
    const frame = this.#underWay.get(key);
    if (frame === undefined) return;
    this.#underWay.delete(key);
    const to = this.clock.monotonic() - frame.capturedMonotonic;
    const { taken, published } = entry.ages;
    const stretches: Stretch[] = [];
    const { offered = 0 } = frame;
    if (offered > 0) stretches.push({ name: 'offer', from: 0, to: offered });
    // A quick worker may take it before the confirmation is here.
    if (taken !== undefined) {
      stretches.push({ name: 'wait', from: Math.min(offered, taken), to: taken });
    }
    if (published !== undefined) {
      stretches.push({ name: 'relay', from: Math.min(published, to), to });
    }
    const { model, worker } = entry.kind === 'result' ? entry.result : entry;
    const failure = entry.kind === 'failure' ? entry.reason : undefined;
    this.traces.stretches(frame, stretches);
    this.traces.end(frame, { to, model, worker, failure });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.traces.close();
  }
}

function keyOf({ cameraId, epoch, sequence }: FrameId): string {
  return [cameraId, epoch, sequence].join('/');
}
