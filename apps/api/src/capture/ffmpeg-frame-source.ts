import { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@lookout/timing';
import ffmpeg from 'fluent-ffmpeg';
import { CLOCK } from '../tokens.ts';
import { type FfmpegArguments, ffmpegArguments } from './ffmpeg-arguments.ts';
import type {
  CaptureSettings,
  FrameSource,
  FrameStream,
  StreamEnd,
  StreamReceiver,
} from './frame-source.ts';
import { jpegSize } from './jpeg.ts';
import { lastWords } from './last-words.ts';
import { MediaFiles } from './media-files.ts';
import { MpjpegSplitter } from './mpjpeg-splitter.ts';

const KILL_AFTER_MS = 1500;

/** One ffmpeg for each stream. */
@Injectable()
export class FfmpegFrameSource implements FrameSource {
  constructor(
    private readonly mediaFiles: MediaFiles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async refusal({ source }: CaptureSettings): Promise<string | undefined> {
    if (source.type !== 'file') return undefined;
    const found = await this.mediaFiles.locate(source.path);
    return found.state === 'found' ? undefined : found.reason;
  }

  open(settings: CaptureSettings, receiver: StreamReceiver): FrameStream {
    const stream = new FfmpegStream(receiver, this.clock);
    void this.#begin(settings, stream);
    return stream;
  }

  async #begin(settings: CaptureSettings, stream: FfmpegStream): Promise<void> {
    const { source } = settings;
    if (source.type !== 'file') {
      stream.run(ffmpegArguments(settings, undefined), false);
      return;
    }
    const found = await this.mediaFiles.locate(source.path);
    if (found.state === 'found') stream.run(ffmpegArguments(settings, found.file), true);
    else stream.end({ reason: found.reason, needsPerson: true });
  }
}

class FfmpegStream implements FrameStream {
  readonly #receiver: StreamReceiver;
  readonly #clock: Clock;
  readonly #over = Promise.withResolvers<undefined>();
  #command: ffmpeg.FfmpegCommand | undefined;
  #running = false;
  #closed = false;
  #sawFrame = false;

  constructor(receiver: StreamReceiver, clock: Clock) {
    this.#receiver = receiver;
    this.#clock = clock;
  }

  run(call: FfmpegArguments, isFile: boolean): void {
    if (this.#closed) {
      this.#over.resolve(undefined);
      return;
    }
    const splitter = new MpjpegSplitter((jpeg) => {
      this.#deliver(jpeg);
    });
    // Without the event 'close', fluent-ffmpeg reports the end of the process, not that of its pipe.
    const pipe = new PassThrough({ emitClose: false });
    // Read whatever becomes of the frames: a pipe that fills up would hold the decoder back.
    pipe.on('data', (chunk: Buffer) => {
      splitter.push(chunk);
    });
    this.#command = ffmpeg({ logger: silent })
      .input(call.input)
      .inputOptions([...call.inputOptions])
      .output(pipe)
      .outputOptions([...call.outputOptions])
      .on('start', () => {
        this.#running = true;
        if (this.#closed) this.#kill();
      })
      .on('end', (_stdout, stderr) => {
        this.end({ reason: lastWords(stderr) ?? 'The stream ended', needsPerson: false });
      })
      .on('error', (error, _stdout, stderr) => {
        const reason = lastWords(stderr) ?? lastWords(error.message) ?? 'ffmpeg failed';
        this.end({ reason, needsPerson: isFile && !this.#sawFrame && isRefusal(error) });
      });
    this.#command.run();
  }

  end(end: StreamEnd): void {
    this.#running = false;
    this.#over.resolve(undefined);
    if (this.#closed) return;
    this.#closed = true;
    this.#receiver.ended(end);
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
    if (size === undefined) return;
    this.#sawFrame = true;
    this.#receiver.frame({ jpeg, ...size });
  }

  #kill(): void {
    this.#command?.kill('SIGTERM');
    const cancel = this.#clock.after(KILL_AFTER_MS, () => {
      this.#command?.kill('SIGKILL');
    });
    void this.#over.promise.then(cancel);
  }
}

/** ffmpeg itself gave up on the file, rather than being killed. */
function isRefusal(error: Error): boolean {
  return error.message.includes('exited with code');
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
