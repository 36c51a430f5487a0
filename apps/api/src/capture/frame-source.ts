import type { Camera } from '@lookout/contracts';
import type { InjectionToken } from '@nestjs/common';
import type { SourceFault } from '../sources/source-fault.ts';

/** The part of a camera that decides what its frames look like; another one needs another stream. */
export type CaptureSettings = Pick<Camera, 'source' | 'captureFps' | 'frame'>;

/** A picture as it comes out of the decoder. Nobody else holds its memory. */
export interface EncodedFrame {
  readonly jpeg: Uint8Array;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** Whoever receives a stream. Nothing is called after `close`. */
export interface StreamReceiver {
  /** A frame is complete. Called at the source's own pace, never held up, often above `captureFps`. */
  frame(frame: EncodedFrame): void;
  /** A frame came out of the decoder that is none, and is lost. */
  broken(): void;
  /** The stream is over; called once. */
  ended(fault: SourceFault): void;
}

/** A stream that runs. */
export interface FrameStream {
  /** Process id of the decoder, to measure what it costs; `undefined` while none runs. */
  readonly decoderPid: number | undefined;
  /** Ends it; resolves when nothing of it is left, within about 2 s. */
  close(): Promise<void>;
}

/** Turns a camera's source into frames. Hides the decoder. */
export interface FrameSource {
  /** Why there is nothing to open until a person mends it; `undefined` when there is. */
  refusal(settings: CaptureSettings): Promise<string | undefined>;
  /** Begins at once; faults are told through `ended`. */
  open(settings: CaptureSettings, receiver: StreamReceiver): FrameStream;
}

export const FRAME_SOURCE: InjectionToken<FrameSource> = Symbol('FrameSource');
