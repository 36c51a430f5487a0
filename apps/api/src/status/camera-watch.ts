import type { Camera, Frame } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { CaptureState, FrameListener, RestartCause } from '../capture/frame-listener.ts';
import { CLOCK } from '../tokens.ts';
import { CameraMeasures } from './camera-measures.ts';
import { Metrics } from './metrics.ts';
import { WatchedCamera } from './watched-camera.ts';

/** Watches every camera: its settings, its state, its newest frame and its measures. */
@Injectable()
export class CameraWatch implements FrameListener {
  readonly #cameras = new Map<string, WatchedCamera>();

  constructor(
    fanOut: FrameFanOut,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    fanOut.listen(this);
  }

  get(cameraId: string): WatchedCamera | undefined {
    return this.#cameras.get(cameraId);
  }

  all(): Iterable<WatchedCamera> {
    return this.#cameras.values();
  }

  cameraAdded(camera: Camera): void {
    const state = camera.enabled ? 'starting' : 'disabled';
    const capture = { state, since: this.clock.now(), reason: null } as const;
    const measures = new CameraMeasures(this.clock);
    this.#cameras.set(camera.id, new WatchedCamera(camera, capture, measures));
    this.metrics.begin(camera.id);
    this.metrics.state(camera.id, state);
  }

  cameraChanged(camera: Camera): void {
    const watched = this.#cameras.get(camera.id);
    if (watched !== undefined) watched.camera = camera;
  }

  cameraRemoved(cameraId: string): void {
    this.#cameras.delete(cameraId);
    void this.metrics.forgetCamera(cameraId);
  }

  captureState(cameraId: string, capture: CaptureState): void {
    const watched = this.#cameras.get(cameraId);
    if (watched === undefined) return;
    // The time before the first frame is not part of any rate.
    if (watched.capture.state === 'starting') watched.measures.restartRates();
    watched.capture = capture;
    this.metrics.state(cameraId, capture.state);
  }

  captureRestarted(cameraId: string, cause: RestartCause): void {
    if (!this.#cameras.has(cameraId)) return;
    this.metrics.captureRestarts.inc({ camera: cameraId, reason: cause });
  }

  broken(cameraId: string): void {
    if (this.#cameras.has(cameraId)) this.metrics.broken.inc({ camera: cameraId });
  }

  captured(frame: Frame): void {
    const watched = this.#cameras.get(frame.cameraId);
    if (watched === undefined) return;
    watched.newestFrame = frame;
    watched.captured += 1;
    watched.measures.happened('capture');
    this.metrics.captured.inc({ camera: frame.cameraId });
  }

  live(frame: Frame): void {
    this.#cameras.get(frame.cameraId)?.measures.happened('live');
  }
}
