import type { Books } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import { BooksWatch } from '../detections/books-watch.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { CLOCK } from '../tokens.ts';
import type { DetectorTally } from './diagnosis/facts.ts';

const WINDOW_MS = 10_000;
/** Over less than this, one frame more or less would tip the scales. */
const SHORTEST_MS = 2500;

interface Reading {
  readonly at: number;
  readonly books: Books | null;
  readonly refused: number;
}

/** Keeps each camera's counts of the last 10 s, read once a second, to tell how they grow. */
@Injectable()
export class Tallies implements FrameListener {
  readonly #readings = new Map<string, Reading[]>();

  constructor(
    fanOut: FrameFanOut,
    private readonly cameras: CameraWatch,
    private readonly books: BooksWatch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    fanOut.listen(this);
    books.onRead(() => {
      this.#note();
    });
  }

  cameraRemoved(cameraId: string): void {
    this.#readings.delete(cameraId);
  }

  /** Frames that the mailbox did not take, a second; 0 until it was watched for long enough. */
  refusedRate(cameraId: string): number {
    const readings = this.#readings.get(cameraId) ?? [];
    const [first, last] = [readings[0], readings.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < SHORTEST_MS) return 0;
    return ((last.refused - first.refused) * 1000) / (last.at - first.at);
  }

  /** `null`: the books could not be read, or not for long enough. */
  detector(cameraId: string): DetectorTally | null {
    const readings = this.#readings.get(cameraId) ?? [];
    const last = readings.at(-1);
    const end = last?.books;
    if (last === undefined || end === null || end === undefined) return null;
    // Books that began anew, or that were out of reach, cannot be held against the present ones.
    const first = readings.find(({ books }) => books?.id === end.id);
    const begin = first?.books;
    if (first === undefined || begin === null || begin === undefined) return null;
    if (last.at - first.at < SHORTEST_MS) return null;
    return {
      seconds: (last.at - first.at) / 1000,
      offered: end.offered - begin.offered,
      detected: end.detected - begin.detected,
      failed: end.failed - begin.failed,
      abandoned: end.abandoned - begin.abandoned,
    };
  }

  #note(): void {
    const at = this.clock.monotonic();
    for (const { camera, refused } of this.cameras.all()) {
      const recent = (this.#readings.get(camera.id) ?? []).filter(
        (reading) => reading.at > at - WINDOW_MS,
      );
      this.#readings.set(camera.id, [
        ...recent,
        { at, books: this.books.newest(camera.id), refused },
      ]);
    }
  }
}
