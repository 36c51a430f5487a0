import { type DetectionResult, type Frame, staleAfterMs } from '@lookout/contracts';
import type {
  DetectionFeed,
  FeedEntry,
  FeedFailure,
  FeedFollower,
  FeedResult,
  HopAges,
} from '@lookout/detection-feed';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { FrameFanOut } from '../capture/frame-fan-out.ts';
import type { FrameListener } from '../capture/frame-listener.ts';
import { CameraWatch } from '../status/camera-watch.ts';
import { Metrics } from '../status/metrics.ts';
import type { WatchedCamera } from '../status/watched-camera.ts';
import { FrameTracing } from '../telemetry/frame-tracing.ts';
import { CLOCK, DETECTION_FEED } from '../tokens.ts';
import { BooksWatch } from './books-watch.ts';
import { CameraResults, type ShownResult } from './camera-results.ts';
import { FrameOffer } from './frame-offer.ts';
import { type FreshnessVerdict, judgeFreshness } from './freshness.ts';
import { MailboxRegistrar } from './mailbox-registrar.ts';
import { WorkerWatch } from './worker-watch.ts';

const FOLLOW_RETRY_MS = 500;

/** Told of each result that is newer than all before it; `frame` is the very one, if still there. */
export type DetectionListener = (result: DetectionResult, frame: Frame | null) => void;

/** Follows the feed, keeps each camera's newest result, and knows how far to trust it. */
@Injectable()
export class DetectionBoard implements FrameListener, FeedFollower {
  readonly #results = new Map<string, CameraResults>();
  readonly #listeners = new Set<DetectionListener>();
  readonly #failureListeners = new Set<(watched: WatchedCamera) => void>();
  #following = false;
  #stopped = false;
  #stopFollowing: () => Promise<void> = () => Promise.resolve();

  constructor(
    fanOut: FrameFanOut,
    private readonly watch: CameraWatch,
    private readonly offer: FrameOffer,
    private readonly registrar: MailboxRegistrar,
    private readonly workers: WorkerWatch,
    private readonly books: BooksWatch,
    private readonly metrics: Metrics,
    private readonly tracing: FrameTracing,
    @Inject(DETECTION_FEED) private readonly feed: DetectionFeed,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    fanOut.listen(this);
    books.onRead(() => {
      this.#booksRead();
    });
    metrics.beforePage(() => {
      const told = Array.from(watch.all(), (watched) => {
        return [watched.camera.id, this.freshness(watched).freshness] as const;
      });
      metrics.surroundings.freshness(new Map(told));
    });
  }

  onModuleInit(): void {
    void this.#follow();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await this.#stopFollowing();
  }

  onDetected(listener: DetectionListener): void {
    this.#listeners.add(listener);
  }

  /** @param listener - told of each inference that failed */
  onFailed(listener: (watched: WatchedCamera) => void): void {
    this.#failureListeners.add(listener);
  }

  newest(cameraId: string): ShownResult | null {
    return this.#results.get(cameraId)?.newest ?? null;
  }

  /** For how long, in ms, results have come without a time in which nobody could look; 0: not now. */
  lookingForMs(watched: WatchedCamera): number {
    const since = this.#results.get(watched.camera.id)?.lookedSince ?? null;
    return since === null || !this.#isLooked(watched) ? 0 : this.clock.monotonic() - since;
  }

  freshness(watched: WatchedCamera): FreshnessVerdict {
    const { camera, capture, newestFrame } = watched;
    const results = this.#results.get(camera.id);
    const { away, workers } = this.workers.known;
    const shown = results?.newest ?? null;
    const isOfThisCapture = shown !== null && shown.result.epoch === newestFrame?.epoch;
    return judgeFreshness({
      detectionEnabled: camera.detection.enabled,
      captureState: capture.state,
      away: away ?? (this.#following ? null : 'The connection to Redis is lost.'),
      workersAlive: workers?.length ?? 0,
      trouble: results?.trouble ?? null,
      resultAgeMs: isOfThisCapture ? this.clock.monotonic() - shown.capturedMonotonic : null,
      staleAfterMs: staleAfterMs(camera),
    });
  }

  cameraRemoved(cameraId: string): void {
    this.#results.delete(cameraId);
  }

  entry(entry: FeedEntry): void {
    const id = entry.kind === 'result' ? entry.result : entry.frame;
    const watched = this.watch.get(id.cameraId);
    // A result from before this capture says nothing about what the camera sees now.
    if (watched === undefined || watched.newestFrame?.epoch !== id.epoch) return;
    if (this.#resultsOf(id.cameraId).isRepeated(id)) {
      if (entry.kind === 'result') this.metrics.lateResults.inc({ camera: id.cameraId });
      return;
    }
    if (entry.kind === 'result') this.#result(watched, entry);
    else this.#failure(watched, entry);
    this.tracing.ended(entry);
  }

  state(state: 'following' | 'away'): void {
    this.#following = state === 'following';
    // Redis may have come back without its memory.
    if (this.#following) this.registrar.renewAll();
  }

  #result(watched: WatchedCamera, { result, ages }: FeedResult): void {
    this.#measure(watched, result, ages);
    const frame = this.offer.take(result);
    const results = this.#resultsOf(result.cameraId);
    if (!results.isNews(result)) {
      this.metrics.lateResults.inc({ camera: result.cameraId });
      return;
    }
    const capturedMonotonic =
      frame?.capturedMonotonic ??
      this.clock.monotonic() - Math.max(0, this.clock.now() - result.capturedAt);
    const begins = !this.#isLooked(watched);
    results.show({ result, frame, capturedMonotonic });
    if (begins) results.lookedSince = this.clock.monotonic();
    for (const listener of this.#listeners) listener(result, frame);
  }

  #isLooked(watched: WatchedCamera): boolean {
    const { freshness } = this.freshness(watched);
    return freshness === 'fresh' || freshness === 'stale';
  }

  #failure(watched: WatchedCamera, { frame, reason, ages }: FeedFailure): void {
    this.#measureAges(watched, ages);
    this.offer.drop(frame);
    this.#resultsOf(frame.cameraId).failed(frame, reason);
    for (const listener of this.#failureListeners) listener(watched);
  }

  #measure(watched: WatchedCamera, result: DetectionResult, ages: HopAges): void {
    const { cameraId, model, worker, inferenceMs } = result;
    watched.measures.happened('detected');
    watched.measures.inference(inferenceMs);
    this.metrics.inference(cameraId, model, worker, inferenceMs);
    this.#measureAges(watched, ages);
  }

  #measureAges(watched: WatchedCamera, ages: HopAges): void {
    for (const hop of ['taken', 'decoded', 'inferred', 'published'] as const) {
      const age = ages[hop];
      if (age === undefined) continue;
      watched.measures.age(hop, age);
      this.metrics.age(watched.camera.id, hop, age);
    }
  }

  #booksRead(): void {
    this.offer.prune();
    for (const { camera } of this.watch.all()) {
      const books = this.books.newest(camera.id);
      if (books !== null) this.#resultsOf(camera.id).booksRead(books);
    }
  }

  #resultsOf(cameraId: string): CameraResults {
    let results = this.#results.get(cameraId);
    if (results === undefined) {
      results = new CameraResults();
      this.#results.set(cameraId, results);
    }
    return results;
  }

  async #follow(): Promise<void> {
    try {
      const stop = await this.feed.follow(this);
      if (this.#stopped) await stop();
      else this.#stopFollowing = stop;
    } catch {
      if (!this.#stopped) this.clock.after(FOLLOW_RETRY_MS, () => void this.#follow());
    }
  }
}
