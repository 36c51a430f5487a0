import { ChildProcess } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@lookout/timing';
import ffmpeg from 'fluent-ffmpeg';
import { CLOCK } from '../tokens.ts';
import { ffmpegArguments } from './ffmpeg-arguments.ts';
import type { CaptureSettings, FrameSource, FrameStream, StreamReceiver } from './frame-source.ts';
import { jpegSize } from './jpeg.ts';
import { lastWords } from '../sources/last-words.ts';
import { faultOf, namesOf, type SourceFault } from '../sources/source-fault.ts';
import { isReady, type ReadySource, SourceInputs } from '../sources/source-inputs.ts';
import { MpjpegSplitter } from './mpjpeg-splitter.ts';

const KILL_AFTER_MS = 1500;
/** What ffmpeg says when a picture of another size follows. */
const CHANGED = 'Changing video frame properties on the fly';

/** One ffmpeg for each stream. */
@Injectable()
export class FfmpegFrameSource implements FrameSource {
  constructor(
    private readonly inputs: SourceInputs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async refusal(settings: CaptureSettings): Promise<string | undefined> {
    const prepared = await this.#prepare(settings);
    if (!isReady(prepared)) return prepared.needsPerson ? prepared.reason : undefined;
    prepared.release();
    return undefined;
  }

  open(settings: CaptureSettings, receiver: StreamReceiver): FrameStream {
    const stream = new FfmpegStream(settings, receiver, this.clock);
    void this.#prepare(settings).then((prepared) => {
      if (isReady(prepared)) stream.run(prepared);
      else stream.end(prepared);
    });
    return stream;
  }

  async #prepare({ source, frame, captureFps }: CaptureSettings) {
    return this.inputs.prepare(source, { width: frame.width, fps: captureFps });
  }
}

class FfmpegStream implements FrameStream {
  readonly #settings: CaptureSettings;
  readonly #receiver: StreamReceiver;
  readonly #clock: Clock;
  readonly #over = Promise.withResolvers<undefined>();
  #command: ffmpeg.FfmpegCommand | undefined;
  #running = false;
  #closed = false;
  #sawFrame = false;
  #changed = false;

  constructor(settings: CaptureSettings, receiver: StreamReceiver, clock: Clock) {
    this.#settings = settings;
    this.#receiver = receiver;
    this.#clock = clock;
  }

  get decoderPid(): number | undefined {
    // fluent-ffmpeg has the process under this name while it runs, and not in its types.
    const decoder: unknown =
      this.#command === undefined ? undefined : Reflect.get(this.#command, 'ffmpegProc');
    return decoder instanceof ChildProcess ? decoder.pid : undefined;
  }

  run(ready: ReadySource): void {
    if (this.#closed) {
      ready.release();
      this.#over.resolve(undefined);
      return;
    }
    const splitter = new MpjpegSplitter({
      frame: (jpeg) => {
        this.#deliver(jpeg);
      },
      broken: () => {
        if (!this.#closed) this.#receiver.broken();
      },
    });
    // Without the event 'close', fluent-ffmpeg reports the end of the process, not that of its pipe.
    const pipe = new PassThrough({ emitClose: false });
    // Read whatever becomes of the frames: a pipe that fills up would hold the decoder back.
    pipe.on('data', (chunk: Buffer) => {
      splitter.push(chunk);
    });
    void this.#over.promise.then(() => {
      ready.release();
    });
    const call = ffmpegArguments(this.#settings, ready.input);
    this.#command = ffmpeg({ logger: silent })
      .input(call.input)
      // One by one, since fluent-ffmpeg splits what is in a list at a space.
      .inputOptions(...call.inputOptions)
      .output(pipe)
      .outputOptions(...call.outputOptions)
      .on('start', () => {
        this.#running = true;
        if (this.#closed) this.#kill();
      })
      .on('stderr', (line: string) => {
        if (!line.includes(CHANGED)) return;
        this.#changed = true;
        this.#command?.kill('SIGKILL');
      })
      .on('end', (_stdout, stderr) => {
        this.end(ready.fault() ?? this.#faultOf(stderr, ready));
      })
      .on('error', (error, _stdout, stderr) => {
        const words = lastWords(stderr) === undefined ? error.message : stderr;
        this.end(ready.fault() ?? this.#faultOf(words, ready));
      });
    this.#command.run();
  }

  end(fault: SourceFault): void {
    this.#running = false;
    this.#over.resolve(undefined);
    if (this.#closed) return;
    this.#closed = true;
    this.#receiver.ended(fault);
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      if (this.#running) this.#kill();
      else if (this.#command === undefined) this.#over.resolve(undefined);
    }
    await this.#over.promise;
  }

  #deliver(jpeg: Uint8Array): void {
    if (this.#closed) return;
    const size = jpegSize(jpeg);
    if (size === undefined) {
      this.#receiver.broken();
      return;
    }
    this.#sawFrame = true;
    this.#receiver.frame({ jpeg, ...size });
  }

  #faultOf(words: string | null | undefined, { input }: ReadySource): SourceFault {
    if (this.#changed) return { reason: 'The picture changed its size', needsPerson: false };
    const { source } = this.#settings;
    return faultOf({
      words,
      ...namesOf(source, input.url),
      sawPicture: this.#sawFrame,
      steady: source.type !== 'rtsp',
    });
  }

  #kill(): void {
    this.#command?.kill('SIGTERM');
    const cancel = this.#clock.after(KILL_AFTER_MS, () => {
      this.#command?.kill('SIGKILL');
    });
    void this.#over.promise.then(cancel);
  }
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
