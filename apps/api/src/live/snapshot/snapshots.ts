import type { Frame } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { DetectionBoard } from '../../detections/detection-board.ts';
import type { ShownResult } from '../../detections/camera-results.ts';
import type { WatchedCamera } from '../../status/watched-camera.ts';
import { CLOCK } from '../../tokens.ts';
import { annotate } from './annotation.ts';

/** One picture of a camera, and the frame it shows. */
export interface Snapshot {
  readonly frame: Frame;
  readonly jpeg: Uint8Array;
}

/** Single pictures of cameras, or why there is none. */
@Injectable()
export class Snapshots {
  readonly #annotated = new WeakMap<ShownResult, Promise<Buffer>>();

  constructor(
    private readonly board: DetectionBoard,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The newest frame, or in words why there is none fresh. */
  newest({ camera, capture, newestFrame }: WatchedCamera): Snapshot | string {
    if (capture.state !== 'live') return `The camera is ${capture.state}`;
    if (newestFrame === null) return 'There is no frame yet';
    const age = this.clock.monotonic() - newestFrame.capturedMonotonic;
    if (age > Math.max(2000, 3000 / camera.captureFps)) return 'The newest frame is too old';
    return { frame: newestFrame, jpeg: newestFrame.jpeg };
  }

  /** The newest inferred frame with its boxes drawn, or in words why there is none fresh. */
  async annotated(watched: WatchedCamera): Promise<Snapshot | string> {
    const { freshness, reason } = this.board.freshness(watched);
    if (freshness !== 'fresh') return reason ?? `The detections are ${freshness}`;
    const shown = this.board.newest(watched.camera.id);
    const frame = shown?.frame ?? null;
    if (shown === null || frame === null) return 'The newest inferred frame is gone';
    let drawing = this.#annotated.get(shown);
    if (drawing === undefined) {
      const { quality } = watched.camera.frame;
      drawing = annotate(frame.jpeg, shown.result.detections, quality);
      this.#annotated.set(shown, drawing);
    }
    return { frame, jpeg: await drawing };
  }
}
