import { isDeepStrictEqual } from 'node:util';
import type { Camera, CameraState } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';
import { BackOff } from './back-off.ts';
import type { Epochs } from './epochs.ts';
import type { FrameFanOut } from './frame-fan-out.ts';
import type { RestartCause } from './frame-listener.ts';
import type { EncodedFrame, FrameSource, FrameStream } from './frame-source.ts';
import type { SourceFault } from '../sources/source-fault.ts';
import { FramePacers } from './frame-pacers.ts';

/** How often a session looks whether frames still come. */
const LOOK_MS = 250;
const STALLED_MS = 2000;
const STALLED_PERIODS = 10;
/** A stream that gives nothing for this long, at its start or later, is begun anew. */
const GIVE_UP_MS = 10_000;
/** How often a camera that needs a person is tried again, in case the person was there. */
const RECHECK_MS = 5000;
/** After this long without a fault the next fault counts as the first. */
const HEALTHY_MS = 30_000;

/** What a session needs around it. */
export interface SessionSurroundings {
  readonly source: FrameSource;
  readonly epochs: Epochs;
  readonly fanOut: FrameFanOut;
  readonly clock: Clock;
  /** Id of the host and boot. */
  readonly host: string;
  /** From 0 to 1, as `Math.random`. */
  readonly random: () => number;
}

/** One start of the decoder; frames and news of an earlier one are ignored. */
interface Run {
  stream: FrameStream | undefined;
  epoch: number;
  sequence: number;
  startedAt: number;
  lastFrameAt: number | undefined;
}

/** One camera's life: start, live, stall, back-off, stop. Never more than one decoder at a time. */
export class CameraSession {
  readonly #around: SessionSurroundings;
  readonly #backOff: BackOff;
  #camera: Camera;
  #pacers: FramePacers;
  #state: CameraState | undefined;
  #reason: string | null = null;
  #run: Run | undefined;
  #cancelTimer: () => void = () => undefined;
  /** Resolves when the decoders of earlier runs are gone. */
  #gone: Promise<void> = Promise.resolve();

  constructor(camera: Camera, around: SessionSurroundings) {
    this.#camera = camera;
    this.#around = around;
    this.#backOff = new BackOff(around.random);
    this.#pacers = new FramePacers(camera);
  }

  /** Of the decoder that runs now. */
  get decoderPid(): number | undefined {
    return this.#run?.stream?.decoderPid;
  }

  /**
   * @param delayMs - so that many cameras do not start in the same moment
   * @param cause - of a start that is not the first
   */
  start(delayMs: number, cause?: RestartCause): void {
    if (!this.#camera.enabled) {
      this.#become('disabled', null);
      return;
    }
    this.#become('starting', null);
    this.#later(delayMs, () => {
      this.#begin(cause);
    });
  }

  /** Takes over new settings; the decoder goes on unless they concern it. */
  change(camera: Camera): void {
    const before = this.#camera;
    this.#camera = camera;
    this.#pacers = this.#pacers.changedTo(camera);
    if (before.enabled === camera.enabled && !concernsCapture(before, camera)) return;
    const wasRunning = this.#run !== undefined;
    this.#end();
    this.#backOff.reset();
    this.start(0, wasRunning ? 'changed' : undefined);
  }

  /** Ends the session; resolves when no decoder is left. */
  async stop(): Promise<void> {
    this.#end();
    await this.#gone;
  }

  #begin(cause: RestartCause | undefined): void {
    const { clock } = this.#around;
    const run: Run = {
      stream: undefined,
      epoch: 0,
      sequence: 0,
      startedAt: clock.monotonic(),
      lastFrameAt: undefined,
    };
    this.#run = run;
    this.#pacers = new FramePacers(this.#camera);
    this.#cancelTimer = clock.every(LOOK_MS, () => {
      this.#look(run);
    });
    this.#open(run, cause).catch((error: unknown) => {
      const reason = `It could not begin: ${error instanceof Error ? error.message : String(error)}`;
      this.#ended(run, { reason, needsPerson: false });
    });
  }

  async #open(run: Run, cause: RestartCause | undefined): Promise<void> {
    const { source, epochs, clock, fanOut } = this.#around;
    await this.#gone;
    const refusal = await source.refusal(this.#camera);
    if (this.#run !== run) return;
    if (refusal !== undefined) {
      this.#restart('failed', 'failed', refusal, RECHECK_MS);
      return;
    }
    run.epoch = await epochs.next(this.#camera.id);
    if (this.#run !== run) return;
    if (cause !== undefined) fanOut.captureRestarted(this.#camera.id, cause);
    run.startedAt = clock.monotonic();
    run.stream = source.open(this.#camera, {
      frame: (frame) => {
        this.#arrived(run, frame);
      },
      broken: () => {
        if (this.#run === run) fanOut.broken(this.#camera.id);
      },
      ended: (end) => {
        this.#ended(run, end);
      },
    });
  }

  #arrived(run: Run, encoded: EncodedFrame): void {
    if (this.#run !== run) return;
    const { clock, fanOut, host } = this.#around;
    const now = clock.monotonic();
    run.lastFrameAt = now;
    fanOut.arrived(this.#camera.id, now);
    if (!this.#pacers.capture.accept(now)) return;
    const frame = {
      cameraId: this.#camera.id,
      epoch: run.epoch,
      sequence: run.sequence,
      capturedAt: clock.now(),
      capturedMonotonic: now,
      host,
      ...encoded,
    };
    run.sequence += 1;
    fanOut.captured(frame);
    // Only now: what is known of the capture before says nothing of this one.
    if (this.#state !== 'live') this.#become('live', null);
    if (this.#pacers.live.accept(now)) fanOut.live(frame);
    if (this.#camera.detection.enabled && this.#pacers.detect.accept(now)) fanOut.offered(frame);
  }

  #look(run: Run): void {
    const now = this.#around.clock.monotonic();
    const silence = now - (run.lastFrameAt ?? run.startedAt);
    const stalledAfter = Math.max(STALLED_MS, (STALLED_PERIODS * 1000) / this.#camera.captureFps);
    if (silence >= stalledAfter + GIVE_UP_MS) {
      this.#reconnect('stalled', 'No picture came for too long', this.#backOff.next());
      return;
    }
    if (this.#state === 'live' && silence >= stalledAfter) {
      this.#become('stalled', `No picture for ${String(Math.round(silence / 1000))} s`);
    }
    if (this.#state === 'live' && now - run.startedAt >= HEALTHY_MS) this.#backOff.reset();
  }

  #ended(run: Run, { reason, needsPerson, retryAfterMs = 0 }: SourceFault): void {
    if (this.#run !== run) return;
    const wait = this.#backOff.next();
    if (needsPerson) {
      this.#restart('failed', 'failed', reason, Math.max(RECHECK_MS, retryAfterMs, wait));
    } else this.#reconnect('ended', reason, wait);
  }

  #reconnect(cause: RestartCause, reason: string, delayMs: number): void {
    const seconds = String(Math.max(1, Math.round(delayMs / 1000)));
    this.#restart(cause, 'reconnecting', `${reason}; next try in ${seconds} s`, delayMs);
  }

  #restart(cause: RestartCause, state: CameraState, reason: string, delayMs: number): void {
    this.#end();
    this.#become(state, reason);
    this.#later(delayMs, () => {
      this.#begin(cause);
    });
  }

  #end(): void {
    this.#cancelTimer();
    const stream = this.#run?.stream;
    this.#run = undefined;
    if (stream !== undefined)
      this.#gone = Promise.all([this.#gone, stream.close()]).then(() => undefined);
  }

  #later(ms: number, work: () => void): void {
    this.#cancelTimer = this.#around.clock.after(ms, work);
  }

  #become(state: CameraState, reason: string | null): void {
    if (this.#state === state && this.#reason === reason) return;
    this.#state = state;
    this.#reason = reason;
    const since = this.#around.clock.now();
    this.#around.fanOut.captureState(this.#camera.id, { state, since, reason });
  }
}

function concernsCapture(before: Camera, after: Camera): boolean {
  return !(
    isDeepStrictEqual(before.source, after.source) &&
    isDeepStrictEqual(before.frame, after.frame) &&
    before.captureFps === after.captureFps
  );
}
