import type { Frame } from '@lookout/contracts';
import { Pacer } from '@lookout/timing';
import { ViewerOutbox } from '../viewer-outbox.ts';

export const BOUNDARY = 'lookout';

/** Where a client's bytes go; as `ServerResponse`. */
export interface ByteSink {
  /** Calls back when the bytes are on their way. */
  write(bytes: Uint8Array, sent: () => void): unknown;
}

/** One client of an MJPEG stream: gets the newest frame whenever it has taken the one before. */
export class MjpegClient {
  readonly #outbox: ViewerOutbox<Frame>;
  readonly #pacer: Pacer | undefined;
  readonly #dropped: () => void;

  /**
   * @param fps - at most; without it, every frame that is shown to viewers
   * @param dropped - called for each frame that the client was too slow for
   */
  constructor(sink: ByteSink, fps: number | undefined, dropped: () => void) {
    this.#pacer = fps === undefined ? undefined : new Pacer(fps);
    this.#dropped = dropped;
    this.#outbox = new ViewerOutbox((frame) => {
      sink.write(part(frame), () => {
        this.#outbox.acknowledge();
      });
    });
  }

  offer(frame: Frame): void {
    if (this.#pacer?.accept(frame.capturedMonotonic) === false) return;
    if (this.#outbox.offer(frame) === 'replaced') this.#dropped();
  }
}

function part({ jpeg, epoch, sequence, capturedAt }: Frame): Buffer {
  const head = [
    `--${BOUNDARY}`,
    'Content-Type: image/jpeg',
    `Content-Length: ${String(jpeg.byteLength)}`,
    `X-Frame-Epoch: ${String(epoch)}`,
    `X-Frame-Sequence: ${String(sequence)}`,
    `X-Frame-Captured-At: ${String(capturedAt)}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), jpeg, Buffer.from('\r\n')]);
}
