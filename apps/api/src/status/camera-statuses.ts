import type { CameraStatus } from '@lookout/contracts';
import type { Config } from '@lookout/config';
import { Inject, Injectable } from '@nestjs/common';
import { BooksWatch } from '../detections/books-watch.ts';
import { DetectionBoard } from '../detections/detection-board.ts';
import { WorkerWatch } from '../detections/worker-watch.ts';
import { CONFIG } from '../tokens.ts';
import { CameraWatch } from './camera-watch.ts';
import { detectorShare, type SharingCamera } from './detector-share.ts';
import type { WatchedCamera } from './watched-camera.ts';

/** Rates hold what was before a camera's detection began, for so long. */
const RATES_LOOK_BACK_MS = 5000;

/** Says how a camera is doing. */
@Injectable()
export class CameraStatuses {
  constructor(
    private readonly watch: CameraWatch,
    private readonly board: DetectionBoard,
    private readonly books: BooksWatch,
    private readonly workers: WorkerWatch,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Asks mailbox and roster first; `null`: there is no such camera. */
  async read(cameraId: string): Promise<CameraStatus | null> {
    await Promise.all([this.books.read(cameraId), this.workers.ask()]);
    return this.now(cameraId);
  }

  /** By what is known already: books are up to a second old. */
  now(cameraId: string): CameraStatus | null {
    const watched = this.watch.get(cameraId);
    if (watched === undefined) return null;
    const { capture, measures } = watched;
    return {
      cameraId,
      state: capture.state,
      since: new Date(capture.since).toISOString(),
      reason: capture.reason,
      rates: measures.rates(),
      ages: measures.ages(),
      inferenceMs: measures.inferenceMs(),
      books: this.books.newest(cameraId),
      detection: this.#detection(watched),
    };
  }

  #detection(watched: WatchedCamera): CameraStatus['detection'] {
    const result = this.board.newest(watched.camera.id)?.result;
    const verdict = this.board.freshness(watched);
    const inMemory = this.workers.known.workers?.[0]?.models[0];
    return {
      ...verdict,
      model:
        result?.model ?? watched.camera.detection.model ?? this.config.model ?? inMemory ?? null,
      at: result === undefined ? null : new Date(result.capturedAt).toISOString(),
      share: detectorShare(watched.camera.id, this.#sharing()),
    };
  }

  #sharing(): Map<string, SharingCamera> {
    return new Map(
      [...this.watch.all()]
        .filter((watched) => this.board.lookingForMs(watched) >= RATES_LOOK_BACK_MS)
        .map(({ camera, measures }) => {
          const { offered, detected } = measures.rates();
          const { weight, minFps } = camera.detection;
          return [camera.id, { offered, detected, weight, minFps }];
        }),
    );
  }
}
