import { computed, signal, type Signal } from '@angular/core';
import { staleAfterMs } from '@lookout/contracts';
import type {
  Camera,
  CameraStatus,
  Detection,
  DetectionResult,
  FrameId,
  FrameMeta,
  LiveEvents,
  WatchMode,
} from '@lookout/contracts';
import { RateMeter, type Clock } from '@lookout/timing';
import { Newest } from '../curves/newest.ts';
import { formatAge } from '../figures/age.ts';
import { freshnessView } from '../figures/freshness.ts';
import { tally } from '../figures/seen.ts';
import { SequenceGaps } from '../figures/sequence-gaps.ts';
import { PictureStream, type Decode } from '../picture/picture-stream.ts';
import type { Stage, StageSource } from '../picture/stage.ts';
import type { LinkState, LiveListener } from '../server/live-socket.ts';
import type { ServerClock } from '../server/server-clock.ts';
import type { Facts } from './facts.ts';
import { History } from './history.ts';

/** A result and its age when it arrived here. */
export interface ArrivedResult {
  readonly result: DetectionResult;
  readonly ageMs: number;
}

export interface WatchSurroundings {
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  readonly link: Signal<LinkState>;
  readonly decode: Decode;
}

/** Whether a detection is to be shown. */
export type Keep = (detection: Detection) => boolean;

const KEPT_RESULTS = 100;
const STATUS_TIMEOUT_MS = 3000;
/** Longer than it takes to ask for the status of each camera that is not watched. */
const NEWS_TIMEOUT_MS = 15_000;

/**
 * One camera as this browser sees it. Frames and results go straight to the stage; what the page
 * writes about them is gathered here and handed to Angular by `refresh`.
 */
export class CameraWatch implements LiveListener, StageSource {
  readonly #around: WatchSurroundings;
  /** Begins with the first frame: the wait for it is no part of the rate. */
  #meter: RateMeter | undefined;
  readonly #gaps = new SequenceGaps();
  readonly stream: PictureStream;
  readonly results = new Newest<ArrivedResult>(KEPT_RESULTS);
  readonly history = new History();
  readonly mode = signal<WatchMode>('live');
  readonly boxes = signal(true);
  /** Which detections to show while somebody tries other settings; `null`: all that come. */
  readonly keep = signal<Keep | null>(null);
  /** All that the newest result holds, before `keep`. */
  readonly newest = computed(() => {
    this.facts();
    return this.#newest?.result ?? null;
  });
  readonly camera: ReturnType<typeof signal<Camera>>;
  readonly status = signal<CameraStatus | null>(null);
  /** The status as far as it is of now: nothing while the connection is lost, or nothing comes by it. */
  readonly news = computed(() => {
    const status = this.status();
    // Time passes without a word; the figures are renewed by it.
    this.facts();
    const known = this.#around.link() === 'connected' && this.statusAge() < NEWS_TIMEOUT_MS;
    return known ? status : null;
  });
  readonly facts: ReturnType<typeof signal<Facts>>;

  #stage: Stage | undefined;
  #statusAt = -Infinity;
  #newest: ArrivedResult | undefined;
  #picture: { meta: FrameMeta; drawnAt: number; ageMs: number } | undefined;
  /** The most that boxes lagged behind their picture since the last refresh. */
  #lagMs = 0;
  #watching = false;
  #sieved: { from: DetectionResult; keep: Keep; left: DetectionResult } | undefined;

  constructor(camera: Camera, around: WatchSurroundings) {
    this.#around = around;
    this.camera = signal(camera);
    this.stream = new PictureStream(around.clock, around.decode, () => this.#stage?.request());
    this.facts = signal(this.#look());
  }

  get watching(): boolean {
    return this.#watching;
  }

  show(stage: Stage): void {
    this.#stage = stage;
  }

  hide(stage: Stage): void {
    if (this.#stage === stage) this.#stage = undefined;
  }

  /** Pictures are wished for from now on. */
  begin(): void {
    this.#gaps.pause();
    this.#watching = true;
  }

  /** Pictures are no longer wished for. */
  pause(): void {
    this.#watching = false;
    this.stream.pause();
    this.#meter = undefined;
    this.#gaps.pause();
  }

  readonly frame: LiveEvents['frame'] = (meta, jpeg, ack) => {
    if (this.#meter === undefined) this.#meter = new RateMeter(this.#around.clock);
    else this.#meter.mark();
    if (this.mode() === 'live') this.#gaps.arrived(meta, this.status()?.rates);
    this.#around.serverClock.noteStamp(meta.capturedAt);
    this.stream.arrived(meta, jpeg, ack);
  };

  readonly detections: LiveEvents['detections'] = (result) => {
    this.#around.serverClock.noteStamp(result.completedAt);
    this.#newest = { result, ageMs: this.#around.serverClock.ageOf(result.capturedAt) };
    this.results.push(this.#newest);
    this.#stage?.request();
  };

  /** Also for a status that was asked for instead of sent. */
  readonly heard: LiveEvents['status'] = (status) => {
    this.#statusAt = this.#around.clock.monotonic();
    this.status.set(status);
  };

  drawn(meta: FrameMeta): void {
    const { clock, serverClock } = this.#around;
    this.#picture = {
      meta,
      drawnAt: clock.monotonic(),
      ageMs: serverClock.ageOf(meta.capturedAt),
    };
    const result = this.resultFor(meta);
    if (result !== undefined)
      this.#lagMs = Math.max(this.#lagMs, meta.capturedAt - result.capturedAt);
  }

  resultFor(frame: FrameId): DetectionResult | undefined {
    if (this.mode() === 'live') return this.#kept(this.#newest?.result);
    return this.#kept(
      this.results.find(
        ({ result }) => result.sequence === frame.sequence && result.epoch === frame.epoch,
      )?.result,
    );
  }

  /** Age of the last status in ms. */
  statusAge(): number {
    return this.#around.clock.monotonic() - this.#statusAt;
  }

  /** Renews what the page writes. */
  refresh(): void {
    const facts = this.#look();
    this.facts.set(facts);
    this.#stage?.dress(this.boxes() ? facts.freshness.boxes : 'none', this.#lagText());
    this.#stage?.annotate();
    this.#lagMs = 0;
  }

  /** Adds a row to the history. */
  note(): void {
    const known = this.#around.link() === 'connected' && this.statusAge() < STATUS_TIMEOUT_MS;
    const { rate, missedHere } = this.facts();
    this.history.note(
      this.#around.clock.now(),
      known ? this.status() : null,
      this.#watching ? { rate, missed: missedHere } : null,
    );
  }

  #look(): Facts {
    const { serverClock, link } = this.#around;
    const status = this.status();
    const camera = this.camera();
    const seenAt = this.#seenAt(status);
    const seenMs = seenAt === null ? null : serverClock.ageOf(seenAt);
    return {
      rate: this.#meter?.rate() ?? 0,
      freshness: freshnessView({
        link: link(),
        status,
        statusAgeMs: this.statusAge(),
        resultAgeMs: seenMs,
        staleAfterMs: staleAfterMs(camera),
      }),
      seenMs,
      pictureMs: this.#pictureAge(camera),
      pictureAt: this.#picture?.meta.capturedAt ?? null,
      resultMs: this.#newest?.ageMs ?? null,
      seen: tally(this.#kept(this.#newest?.result)?.detections ?? []),
      missedHere: this.#gaps.missed + this.stream.undecodable,
    };
  }

  /** What `keep` leaves of a result; the same object for the same question. */
  #kept(from: DetectionResult | undefined): DetectionResult | undefined {
    const keep = this.keep();
    if (keep === null || from === undefined) return from;
    if (this.#sieved?.from !== from || this.#sieved.keep !== keep) {
      this.#sieved = { from, keep, left: { ...from, detections: from.detections.filter(keep) } };
    }
    return this.#sieved.left;
  }

  #seenAt(status: CameraStatus | null): number | null {
    const told = status?.detection.at ?? null;
    const moments = [this.#newest?.result.capturedAt, told === null ? undefined : Date.parse(told)];
    const known = moments.filter((moment) => moment !== undefined);
    return known.length === 0 ? null : Math.max(...known);
  }

  #pictureAge(camera: Camera): number | null {
    if (this.#picture === undefined) return null;
    const { clock, serverClock } = this.#around;
    const { drawnAt, ageMs, meta } = this.#picture;
    const overdue = clock.monotonic() - drawnAt > Math.max(1000, 3000 / camera.liveFps);
    return overdue ? serverClock.ageOf(meta.capturedAt) : ageMs;
  }

  #lagText(): string | null {
    const period = 1000 / this.camera().liveFps;
    return this.mode() === 'live' && this.#lagMs > period ? `−${formatAge(this.#lagMs)}` : null;
  }
}
