import type { CaptureSettings, FrameSource, FrameStream, StreamReceiver } from './frame-source.ts';
import type { SourceFault } from '../sources/source-fault.ts';

/** A stream that a test plays by hand. */
export class ScriptedStream implements FrameStream {
  readonly decoderPid = undefined;
  closed = false;
  /** While `true` the decoder does not go away. */
  clings = false;
  readonly #gone = Promise.withResolvers<undefined>();

  constructor(
    readonly settings: CaptureSettings,
    readonly receiver: StreamReceiver,
  ) {}

  frame(): void {
    if (!this.closed) this.receiver.frame({ jpeg: new Uint8Array(4), width: 640, height: 360 });
  }

  end(end: SourceFault): void {
    this.closed = true;
    this.#gone.resolve(undefined);
    this.receiver.ended(end);
  }

  letGo(): void {
    this.#gone.resolve(undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (!this.clings) this.#gone.resolve(undefined);
    await this.#gone.promise;
  }
}

/** A source for tests: remembers every stream that was opened. */
export class ScriptedSource implements FrameSource {
  readonly streams: ScriptedStream[] = [];
  /** What `refusal` answers. */
  refused: string | undefined;

  refusal(): Promise<string | undefined> {
    return Promise.resolve(this.refused);
  }

  open(settings: CaptureSettings, receiver: StreamReceiver): FrameStream {
    const stream = new ScriptedStream(settings, receiver);
    this.streams.push(stream);
    return stream;
  }

  /** The one opened last. */
  get newest(): ScriptedStream {
    const stream = this.streams.at(-1);
    if (stream === undefined) throw new Error('No stream was opened');
    return stream;
  }
}
