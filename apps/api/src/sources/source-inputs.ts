import { realpath } from 'node:fs/promises';
import type { Source } from '@lookout/contracts';
import { Injectable } from '@nestjs/common';
import { isLocked, LOCKED } from '../secrets/locked-source.ts';
import { AddressRules } from './address-rules.ts';
import { EgressProxy } from './egress-proxy.ts';
import { HostNames } from './host-names.ts';
import type { FfmpegInput } from './inputs/ffmpeg-input.ts';
import { fileInput } from './inputs/file-input.ts';
import { hlsInput } from './inputs/hls-input.ts';
import { httpInput } from './inputs/http-input.ts';
import { rtspInput } from './inputs/rtsp-input.ts';
import { testInput } from './inputs/test-input.ts';
import { usbInput } from './inputs/usb-input.ts';
import { MediaFiles } from './media-files.ts';
import type { SourceFault } from './source-fault.ts';
import { hostOf } from './source-url.ts';

const RESOLVE_MS = 5000;

/** A source that ffmpeg may open now. */
export interface ReadySource {
  readonly input: FfmpegInput;
  /** What Lookout itself saw go wrong on the way, which ffmpeg cannot know. */
  fault(): SourceFault | undefined;
  /** Takes back what was lent to it; call it when ffmpeg is gone. */
  release(): void;
}

/** What is wanted of a source that can give what it is asked for. */
export interface Wish {
  readonly width: number;
  readonly fps: number;
}

/** Turns a source into what ffmpeg is told, after every check that can be made beforehand. */
@Injectable()
export class SourceInputs {
  constructor(
    private readonly mediaFiles: MediaFiles,
    private readonly rules: AddressRules,
    private readonly proxy: EgressProxy,
    private readonly names: HostNames,
  ) {}

  /** @returns what to read, or why there is nothing to read */
  async prepare(source: Source, wish: Wish): Promise<ReadySource | SourceFault> {
    if (isLocked(source)) return forPerson(LOCKED);
    switch (source.type) {
      case 'test':
        return ready(testInput(wish.width, wish.fps));
      case 'file': {
        const found = await this.mediaFiles.locate(source.path);
        return found.state === 'found' ? ready(fileInput(found.file)) : forPerson(found.reason);
      }
      case 'usb': {
        const device = await realpath(source.device).catch(() => '');
        if (device === '')
          return forPerson(`There is no device ${source.device}: is it plugged in?`);
        return /^\/dev\/video\d+$/.test(device)
          ? ready(usbInput(device, wish.fps))
          : forPerson(`${source.device} is no video device`);
      }
      case 'rtsp': {
        const found = await this.#resolve(hostOf(source.url));
        return 'address' in found ? ready(rtspInput(source, found.address)) : found;
      }
      case 'http':
      case 'hls': {
        const refusal = this.rules.refusalOfHost(hostOf(source.url));
        if (refusal !== null) return forPerson(refusal);
        const pass = this.proxy.admit();
        const input = (source.type === 'http' ? httpInput : hlsInput)(source.url, pass.url);
        return {
          input,
          fault: () => pass.fault,
          release: () => {
            pass.revoke();
          },
        };
      }
    }
  }

  async #resolve(host: string): Promise<{ readonly address: string } | SourceFault> {
    const refusal = this.rules.refusalOfHost(host);
    if (refusal !== null) return forPerson(refusal);
    const addresses = await this.#addressesInTime(host);
    if (addresses === undefined) {
      return { reason: `The name ${host} cannot be resolved`, needsPerson: false };
    }
    const excepted = this.rules.isException(host);
    for (const address of excepted ? [] : addresses) {
      const refusal = this.rules.refusalOfAddress(address);
      if (refusal !== null) return forPerson(`${host}: ${refusal}`);
    }
    return { address: addresses[0] ?? host };
  }

  async #addressesInTime(host: string): Promise<string[] | undefined> {
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => {
      late.resolve(undefined);
    }, RESOLVE_MS);
    try {
      const plain = host.replace(/^\[(.*)\]$/, '$1');
      const found = this.names.addressesOf(plain, { order: 'ipv4first' });
      return (await Promise.race([found, late.promise]))?.map(({ address }) => address);
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Whether there is something to read. */
export function isReady(prepared: ReadySource | SourceFault): prepared is ReadySource {
  return 'input' in prepared;
}

function ready(input: FfmpegInput): ReadySource {
  return { input, fault: () => undefined, release: () => undefined };
}

function forPerson(reason: string): SourceFault {
  return { reason, needsPerson: true };
}
