import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newCameraSchema, type Source } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import { AddressRules } from '../../sources/address-rules.ts';
import { EgressProxy } from '../../sources/egress-proxy.ts';
import { HostNames } from '../../sources/host-names.ts';
import { MediaFiles } from '../../sources/media-files.ts';
import type { SourceFault } from '../../sources/source-fault.ts';
import { SourceInputs } from '../../sources/source-inputs.ts';
import { FfmpegFrameSource } from '../ffmpeg-frame-source.ts';
import type { EncodedFrame, FrameStream } from '../frame-source.ts';

const clock = hostClock();

/** A stream that a test plays, with everything that came of it. */
export interface Played {
  readonly frames: (EncodedFrame & { readonly at: number })[];
  readonly ended: Promise<SourceFault>;
  /** Resolves when there are this many frames. */
  readonly enough: (count: number) => Promise<void>;
}

/** Plays sources with the real decoder, in a folder of its own. */
export class Player {
  readonly folder: string;
  readonly #proxy: EgressProxy;
  readonly #source: FfmpegFrameSource;
  readonly #open: FrameStream[] = [];

  private constructor(folder: string, proxy: EgressProxy, source: FfmpegFrameSource) {
    this.folder = folder;
    this.#proxy = proxy;
    this.#source = source;
  }

  static async make(): Promise<Player> {
    const folder = await mkdtemp(join(tmpdir(), 'lookout-real-'));
    const rules = new AddressRules([]);
    const names = new HostNames();
    const proxy = new EgressProxy(rules, names);
    await proxy.listen();
    const files = new MediaFiles({ mediaDir: folder, dataDir: join(folder, 'data') });
    const inputs = new SourceInputs(files, rules, proxy, names);
    return new Player(folder, proxy, new FfmpegFrameSource(inputs, clock));
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  play(source: Source): Played {
    const frames: Played['frames'] = [];
    const ended = Promise.withResolvers<SourceFault>();
    const stream = this.#source.open(newCameraSchema.parse({ name: 'Any', source }), {
      frame: (frame) => frames.push({ ...frame, at: clock.monotonic() }),
      broken: () => undefined,
      ended: ended.resolve,
    });
    this.#open.push(stream);
    const enough = async (count: number) => {
      while (frames.length < count) await sleep(clock, 20);
    };
    return { frames, ended: ended.promise, enough };
  }

  /** Ends what plays. */
  async stop(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((stream) => stream.close()));
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.#proxy.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
