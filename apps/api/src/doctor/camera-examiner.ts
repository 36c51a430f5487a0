import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { ViewerPaces } from '../live/viewer-paces.ts';
import { DetectionBoard } from '../detections/detection-board.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import type { WatchedCamera } from '../status/watched-camera.ts';
import { CLOCK } from '../tokens.ts';
import { ArrivalWatch } from './arrival-watch.ts';
import type { CameraFacts, DecoderLoad } from './diagnosis/facts.ts';
import { Tallies } from './tallies.ts';

const REMOTE: ReadonlySet<string> = new Set(['rtsp', 'http', 'hls']);

/** Gathers what is known of each camera. */
@Injectable()
export class CameraExaminer {
  constructor(
    private readonly cameras: CameraWatch,
    private readonly arrivals: ArrivalWatch,
    private readonly tallies: Tallies,
    private readonly board: DetectionBoard,
    private readonly viewers: ViewerPaces,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param loads - what the decoder of a camera did just now */
  examine(loads: (cameraId: string) => DecoderLoad | null): CameraFacts[] {
    return Array.from(this.cameras.all(), (watched) =>
      this.#facts(watched, loads(watched.camera.id)),
    );
  }

  #facts(watched: WatchedCamera, decoder: DecoderLoad | null): CameraFacts {
    const { camera, capture, measures } = watched;
    const { id, captureFps, liveFps, detectFps } = camera;
    return {
      cameraId: id,
      state: capture.state,
      reason: capture.reason,
      stateMs: Math.max(0, this.clock.now() - capture.since),
      remote: REMOTE.has(camera.source.type),
      wanted: { capture: captureFps, live: liveFps, detect: detectFps },
      captureRate: measures.rates().capture,
      arrivals: this.arrivals.arrivals(id),
      restarts: this.arrivals.restarts(id),
      decoder,
      detection: this.board.freshness(watched),
      tally: this.tallies.detector(id),
      refusedRate: this.tallies.refusedRate(id),
      viewers: this.viewers.of(id),
    };
  }
}
