import type { Camera, Frame, GroupBooks } from '@lookout/contracts';
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
  #booksId: string | null = null;
  #capturedBefore = 0;
  #capturedAtRegistration = 0;

  constructor(camera: Camera, capture: CaptureState, measures: CameraMeasures) {
    this.camera = camera;
    this.capture = capture;
    this.measures = measures;
  }

  /** The mailbox is about to hear of the camera: books that are new after this began no earlier. */
  registering(): void {
    this.#capturedAtRegistration = this.captured;
  }

  /** Frames captured since these books, or the watching, began, so that new books start at zero. */
  capturedSince(books: Pick<GroupBooks, 'id'>): number {
    if (books.id !== this.#booksId) {
      this.#booksId = books.id;
      this.#capturedBefore = this.#capturedAtRegistration;
    }
    return this.captured - this.#capturedBefore;
  }
}
