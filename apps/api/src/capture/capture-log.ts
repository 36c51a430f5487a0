import { Injectable, Logger } from '@nestjs/common';
import { FrameFanOut } from './frame-fan-out.ts';
import type { CaptureState } from './frame-listener.ts';

/** Writes each turn in a camera's life into the log. */
@Injectable()
export class CaptureLog {
  readonly #log = new Logger('Capture');

  constructor(fanOut: FrameFanOut) {
    fanOut.listen({
      captureState: (cameraId, state) => {
        this.#write(cameraId, state);
      },
    });
  }

  #write(cameraId: string, { state, reason }: CaptureState): void {
    const line = `Camera ${cameraId} is ${state}${reason === null ? '' : `: ${reason}`}`;
    if (reason === null) this.#log.log(line);
    else this.#log.warn(line);
  }
}
