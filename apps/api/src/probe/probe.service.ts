import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProbeResult, Source } from '@lookout/contracts';
import { Injectable } from '@nestjs/common';
import { TooManyRequests } from '../http/too-many-requests.ts';
import { SourceChecks } from '../sources/source-checks.ts';
import { faultOf, namesOf, type SourceFault } from '../sources/source-fault.ts';
import { isReady, type ReadySource, SourceInputs } from '../sources/source-inputs.ts';
import { adviceOn } from './advice.ts';
import { type Findings, findingsOf } from './findings.ts';
import { pictureOf } from './picture.ts';
import { record, type Recorded } from './recording.ts';

const AT_ONCE = 3;
const RECORD_MS = 6500;
const LOOK_MS = 2500;
/** Less than the 10 s that are promised; a source whose name takes long has less time to show something. */
const ALL_MS = 9500;
const LEAST_MS = 300;

/** Looks at a source for a few seconds, before a camera is made of it. */
@Injectable()
export class ProbeService {
  #running = 0;

  constructor(
    private readonly checks: SourceChecks,
    private readonly inputs: SourceInputs,
  ) {}

  /**
   * @param source - as a client names it
   * @param stored - the source that a client may have read, with its credentials
   * @throws InvalidInput when it may not be used; TooManyRequests
   */
  async probe(source: Source, stored?: Source): Promise<ProbeResult> {
    const accepted = await this.checks.accept(source, stored);
    if (this.#running >= AT_ONCE) {
      throw new TooManyRequests('Other sources are being looked at; try again in a moment', 5);
    }
    this.#running += 1;
    try {
      return await this.#look(accepted);
    } finally {
      this.#running -= 1;
    }
  }

  async #look(source: Source): Promise<ProbeResult> {
    const end = performance.now() + ALL_MS;
    const prepared = await this.inputs.prepare(source, { width: 640, fps: 25 });
    if (!isReady(prepared)) return failed(prepared.reason);
    const folder = await mkdtemp(join(tmpdir(), 'lookout-probe-'));
    try {
      return await seen(source, prepared, join(folder, 'recording.nut'), end);
    } finally {
      prepared.release();
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function seen(
  source: Source,
  ready: ReadySource,
  file: string,
  end: number,
): Promise<ProbeResult> {
  const left = () => Math.max(LEAST_MS, end - performance.now());
  const recorded = await record(source, ready.input, file, Math.min(RECORD_MS, left() - LOOK_MS));
  const [findings, picture] = await Promise.all([
    findingsOf(file, Math.min(LOOK_MS, left())),
    pictureOf(file, Math.min(LOOK_MS, left())),
  ]);
  if (findings === undefined) {
    return failed((ready.fault() ?? faultOfRecording(source, ready, recorded)).reason);
  }
  return {
    ok: picture.jpeg !== null,
    ...pick(findings),
    jpegBase64: picture.jpeg?.toString('base64') ?? null,
    advice: adviceOn(findings),
    error: picture.jpeg === null ? whyNoPicture(findings, picture.late) : null,
  };
}

function faultOfRecording(
  source: Source,
  { input }: ReadySource,
  { words, late, opened }: Recorded,
): SourceFault {
  if (late) {
    const reason = opened
      ? 'The camera answers, but no key frame came in this time: set its key frame (I-frame) interval to 1 or 2 s'
      : 'The camera does not answer (timed out)';
    return { reason, needsPerson: false };
  }
  return faultOf({ words, ...namesOf(source, input.url), sawPicture: false, steady: true });
}

function whyNoPicture({ sawKey }: Findings, late: boolean): string {
  if (late) return 'This machine is too busy to decode a picture in time; try again in a moment';
  return sawKey
    ? 'The video could not be decoded'
    : 'No key frame came in this time, so there is no picture yet';
}

function pick({ codec, width, height, fps, audio }: Findings) {
  return {
    codec,
    width: width > 0 ? width : null,
    height: height > 0 ? height : null,
    fps,
    audio,
  };
}

function failed(error: string): ProbeResult {
  const nothing = { codec: null, width: null, height: null, fps: null, jpegBase64: null };
  return { ok: false, ...nothing, audio: false, advice: [], error };
}
