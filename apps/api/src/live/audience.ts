import type { Camera, DetectionResult, EventNotice, Frame, Freshness } from '@lookout/contracts';
import { Injectable } from '@nestjs/common';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import { BooksWatch } from '../detections/books-watch.ts';
import { DetectionBoard } from '../detections/detection-board.ts';
import { WorkerWatch } from '../detections/worker-watch.ts';
import { CameraStatuses } from '../status/camera-statuses.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { Metrics } from '../status/metrics.ts';
import type { WatchedCamera } from '../status/watched-camera.ts';
import type { Viewer } from './viewer.ts';

/** All who look on: shows them frames, detections and, once a second, how their cameras are doing. */
@Injectable()
export class Audience implements FrameListener {
  readonly #viewers = new Set<Viewer>();
  readonly #told = new Map<string, Freshness>();

  constructor(
    fanOut: FrameFanOut,
    private readonly cameras: CameraWatch,
    private readonly statuses: CameraStatuses,
    private readonly board: DetectionBoard,
    books: BooksWatch,
    workers: WorkerWatch,
    metrics: Metrics,
  ) {
    fanOut.listen(this);
    metrics.beforePage(() => {
      const counts = Array.from(cameras.all(), ({ camera: { id } }) => {
        return [id, this.#watching(id).length] as const;
      });
      metrics.surroundings.viewers(new Map(counts));
    });
    board.onDetected((result, frame) => {
      this.#detected(result, frame);
    });
    board.onFailed((watched) => {
      this.#tellOfFreshness(watched);
    });
    books.onRead(() => {
      for (const { camera } of cameras.all()) this.#tell(camera.id);
    });
    workers.onAsked(() => {
      for (const watched of cameras.all()) this.#tellOfFreshness(watched);
    });
  }

  join(viewer: Viewer): void {
    this.#viewers.add(viewer);
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** Spares a viewer who begins to watch the wait for the next frame and second. */
  greet(viewer: Viewer, cameraId: string): void {
    const watched = this.cameras.get(cameraId);
    const status = this.statuses.now(cameraId);
    if (status !== null) viewer.status(status);
    if (watched?.capture.state === 'live' && watched.newestFrame !== null) {
      viewer.live(watched.newestFrame);
    }
  }

  live(frame: Frame): void {
    for (const viewer of this.#viewers) viewer.live(frame);
  }

  captureState(cameraId: string): void {
    this.#tell(cameraId);
  }

  cameraRemoved(cameraId: string): void {
    this.#told.delete(cameraId);
    for (const viewer of this.#viewers) viewer.cameraRemoved(cameraId);
  }

  cameraAdded({ id }: Camera): void {
    for (const viewer of this.#viewers) viewer.cameraAdded(id);
  }

  /** An event began, ended, or became uncertain. */
  event(notice: EventNotice): void {
    for (const viewer of this.#viewers) viewer.event(notice);
  }

  #detected(result: DetectionResult, frame: Frame | null): void {
    for (const viewer of this.#viewers) viewer.detected(result, frame);
    const watched = this.cameras.get(result.cameraId);
    if (watched !== undefined) this.#tellOfFreshness(watched);
  }

  /** A change of trust is told at once. */
  #tellOfFreshness(watched: WatchedCamera): void {
    const told = this.#told.get(watched.camera.id);
    if (this.board.freshness(watched).freshness !== told) this.#tell(watched.camera.id);
  }

  #watching(cameraId: string): Viewer[] {
    return [...this.#viewers].filter((viewer) => viewer.isWatching(cameraId));
  }

  /** Made once for each camera, not for each viewer. */
  #tell(cameraId: string): void {
    const viewers = this.#watching(cameraId);
    const status = viewers.length === 0 ? null : this.statuses.now(cameraId);
    if (status === null) return;
    this.#told.set(cameraId, status.detection.freshness);
    for (const viewer of viewers) viewer.status(status);
  }
}
