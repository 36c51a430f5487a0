import {
  compareFrames,
  type DetectionResult,
  type Frame,
  type FrameId,
  type GroupBooks,
} from '@lookout/contracts';

/** A result with the very frame it was seen in, when that is still there. */
export interface ShownResult {
  readonly result: DetectionResult;
  readonly frame: Frame | null;
  /** Moment of the capture on this host's monotonic clock, in ms. */
  readonly capturedMonotonic: number;
}

type Position = Pick<FrameId, 'epoch' | 'sequence'>;

/** More frames than workers have in hand at once. */
const TOLD = 32;

/** One camera's newest result, and what went wrong since. */
export class CameraResults {
  /** Monotonic time of the first result after nobody could look. */
  lookedSince: number | null = null;
  #newest: ShownResult | null = null;
  #failure: { readonly at: Position; readonly reason: string } | null = null;
  /** Frames that were told of last, in whatever order. */
  #told: Position[] = [];
  #timedOut = false;
  #resultSinceReading = false;
  #reading: Pick<GroupBooks, 'id' | 'abandoned'> | null = null;

  get newest(): ShownResult | null {
    return this.#newest;
  }

  /** How the newest inference went wrong, in words; `null` when it did not. */
  get trouble(): string | null {
    if (this.#failure !== null) return `The last inference failed: ${this.#failure.reason}`;
    return this.#timedOut ? 'The last inference was not finished in time.' : null;
  }

  /** Notes that a frame is told of. @returns whether it was before: what had no answer is told again */
  isRepeated({ epoch, sequence }: Position): boolean {
    const at = { epoch, sequence };
    if (this.#told.some((one) => compareFrames(one, at) === 0)) return true;
    this.#told = [...this.#told.slice(1 - TOLD), at];
    return false;
  }

  /** @returns whether it is newer than all before; an older one changes nothing */
  isNews(result: Position): boolean {
    return this.#newest === null || compareFrames(result, this.#newest.result) > 0;
  }

  show(shown: ShownResult): void {
    this.#newest = shown;
    this.#timedOut = false;
    this.#resultSinceReading = true;
    if (this.#failure !== null && compareFrames(shown.result, this.#failure.at) > 0) {
      this.#failure = null;
    }
  }

  failed(at: Position, reason: string): void {
    if (!this.isNews(at)) return;
    if (this.#failure !== null && compareFrames(at, this.#failure.at) < 0) return;
    this.#failure = { at: { epoch: at.epoch, sequence: at.sequence }, reason };
  }

  /**
   * Compares the books with the last reading: a frame that was abandoned while no result came is an
   * inference that timed out. When a result came too, nobody can say which was last, and the result
   * shows that the detector works.
   */
  booksRead(books: Pick<GroupBooks, 'id' | 'abandoned'>): void {
    const before = this.#reading;
    const grew = before?.id === books.id && books.abandoned > before.abandoned;
    if (grew && !this.#resultSinceReading) this.#timedOut = true;
    this.#reading = { id: books.id, abandoned: books.abandoned };
    this.#resultSinceReading = false;
  }
}
