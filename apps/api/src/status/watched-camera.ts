import type { Camera, Frame } from '@lookout/contracts';
import type { CaptureState } from '../capture/frame-listener.ts';
import type { CameraMeasures } from './camera-measures.ts';

/** What the api knows of a camera now, kept in memory only. */
export class WatchedCamera {
  readonly measures: CameraMeasures;
  camera: Camera;
  capture: CaptureState;
  newestFrame: Frame | null = null;
  /** Since the api began to watch the camera. */
  captured = 0;
  /** Frames for the detector that the mailbox did not take, since the api began to watch. */
  refused = 0;
  #booksId: string | null = null;
  #booksFrom = 0;
  #capturedWhenAsked = 0;

  constructor(camera: Camera, capture: CaptureState, measures: CameraMeasures) {
    this.camera = camera;
    this.capture = capture;
    this.measures = measures;
  }

  /**
   * Frames captured since these books began, so that new ones start at zero like their other counts:
   * books that are new began after the asking before. The first ones count from the watching on.
   * @param id - of the books that were read; `null` when they were out of reach
   * @param capturedWhenAsked - `captured` at the moment of asking
   */
  capturedSince(id: string | null, capturedWhenAsked: number): number {
    if (id !== null && id !== this.#booksId) {
      if (this.#booksId !== null) this.#booksFrom = this.#capturedWhenAsked;
      this.#booksId = id;
    }
    this.#capturedWhenAsked = capturedWhenAsked;
    return this.captured - this.#booksFrom;
  }
}
