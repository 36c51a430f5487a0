import type { FrameMeta, LiveEvents } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';

/** Turns an encoded picture into one that can be drawn, off the main thread. */
export type Decode = (jpeg: ArrayBuffer | Uint8Array) => Promise<ImageBitmap>;

export const decodeJpeg: Decode = (jpeg) =>
  createImageBitmap(new Blob([jpeg as BlobPart], { type: 'image/jpeg' }));

type Ack = Parameters<LiveEvents['frame']>[2];

interface DecodedFrame {
  readonly meta: FrameMeta;
  readonly bitmap: ImageBitmap;
  readonly arrivedAt: number;
  readonly ack: Ack;
}

/**
 * Pictures of one camera on their way to the screen. Holds one decoded picture at most and closes
 * each; acknowledges a frame once it is drawn, which is what asks the server for the next.
 */
export class PictureStream {
  readonly #clock: Clock;
  readonly #decode: Decode;
  readonly #ready: () => void;
  #waiting: DecodedFrame | undefined;
  /** Tells pictures that were asked for before a pause from those of now. */
  #run = 0;
  /** Frames whose picture could not be read. */
  undecodable = 0;

  /** @param ready - called when a picture can be drawn */
  constructor(clock: Clock, decode: Decode, ready: () => void) {
    this.#clock = clock;
    this.#decode = decode;
    this.#ready = ready;
  }

  arrived(meta: FrameMeta, jpeg: ArrayBuffer | Uint8Array, ack: Ack): void {
    const arrivedAt = this.#clock.monotonic();
    const run = this.#run;
    this.#decode(jpeg).then(
      (bitmap) => {
        if (run !== this.#run) {
          bitmap.close();
          ack();
          return;
        }
        this.#waiting?.bitmap.close();
        this.#waiting = { meta, bitmap, arrivedAt, ack };
        this.#ready();
      },
      () => {
        this.undecodable += 1;
        ack();
      },
    );
  }

  /** Draws what waits; the frame that is on the canvas now, or nothing when none waited. */
  drawTo(canvas: CanvasRenderingContext2D): FrameMeta | undefined {
    const frame = this.#waiting;
    if (frame === undefined) return undefined;
    this.#waiting = undefined;
    const { width, height } = frame.bitmap;
    if (canvas.canvas.width !== width) canvas.canvas.width = width;
    if (canvas.canvas.height !== height) canvas.canvas.height = height;
    canvas.drawImage(frame.bitmap, 0, 0);
    frame.bitmap.close();
    frame.ack({ drawnAfterMs: Math.max(0, this.#clock.monotonic() - frame.arrivedAt) });
    return frame.meta;
  }

  /**
   * Drops what is on its way: nobody watches now. It is acknowledged all the same, without a time of
   * drawing: the server sends nothing to who does not watch, and waits for no lost frame afterwards.
   */
  pause(): void {
    this.#run += 1;
    this.#waiting?.bitmap.close();
    this.#waiting?.ack();
    this.#waiting = undefined;
  }
}
