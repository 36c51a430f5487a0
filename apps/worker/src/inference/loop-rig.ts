import type { Frame, GroupBooks } from '@lookout/contracts';
import { type FeedEntry, MemoryDetectionFeed } from '@lookout/detection-feed';
import {
  DETECTOR_GROUP,
  type MailboxCamera,
  MemoryFrameMailbox,
  MemoryWorkerRoster,
} from '@lookout/frame-mailbox';
import { NO_TRACES } from '@lookout/frame-traces';
import { ManualClock } from '@lookout/timing';
import {
  type Inspection,
  InspectionFailed,
  type InspectionOrder,
  type Inspector,
  type LoadedModel,
} from '../detector/inspector.ts';
import { FrameJournal } from '../journal/frame-journal.ts';
import { RedisWatch } from '../redis/redis-watch.ts';
import { RosterBeat } from '../roster/roster-beat.ts';
import { FrameBell } from './frame-bell.ts';
import { FrameInspection } from './frame-inspection.ts';
import { InferenceLoop, type LoopEnd } from './inference-loop.ts';
import { Settlement } from './settlement.ts';

const HOST = 'host:boot';

/** An inspector whose inferences take time of the clock's, and which notes what it was asked. */
export class FakeInspector implements Inspector {
  readonly died = new Promise<Error>(() => undefined);
  readonly orders: InspectionOrder[] = [];
  inferenceMs = 40;
  /** How many frames were being looked at at once, at most. */
  atOnce = 0;
  #now = 0;
  readonly #models = ['standard'];
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  load(model: string | null): Promise<LoadedModel> {
    const id = model ?? 'standard';
    if (id === 'endless') return new Promise(() => undefined);
    if (id === 'nonsuch') return Promise.reject(new Error('there is no model nonsuch'));
    if (!this.#models.includes(id)) this.#models.push(id);
    return Promise.resolve({ id, threads: 1, chosen: 'tuned', notes: [], trialMs: 40 });
  }

  async inspect(order: InspectionOrder): Promise<Inspection> {
    this.orders.push(order);
    this.#now += 1;
    this.atOnce = Math.max(this.atOnce, this.#now);
    const decodedAt = this.#clock.monotonic();
    const { inferenceMs } = this;
    await new Promise<void>((resolve) => this.#clock.after(inferenceMs, resolve));
    this.#now -= 1;
    // A frame without a byte stands for one that cannot be decoded.
    if (order.jpeg.length === 0) throw new InspectionFailed('not a whole JPEG', undefined);
    // One of two bytes for one that is decoded, and then the engine fails.
    if (order.jpeg.length === 2) throw new InspectionFailed('the engine failed', decodedAt);
    return { detections: [], inferenceMs, decodedAt, inferredAt: this.#clock.monotonic() };
  }

  models(): readonly string[] {
    return this.#models;
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

/** The worker's loop on engines in memory and a clock that a test moves. */
export class LoopRig {
  readonly clock = new ManualClock();
  readonly roster = new MemoryWorkerRoster(this.clock);
  readonly mailbox = new MemoryFrameMailbox(this.clock, this.roster);
  readonly feed = new MemoryDetectionFeed();
  readonly inspector = new FakeInspector(this.clock);
  readonly entries: FeedEntry[] = [];
  readonly lines: string[] = [];
  readonly journal: FrameJournal;
  readonly loop: InferenceLoop;
  readonly beat: RosterBeat;
  ready = 0;
  end: LoopEnd | null = null;
  #sequence = 0;

  constructor(inferenceRepeat = 1) {
    const note = (_fields: object, line: string): void => void this.lines.push(line);
    const log = { debug: () => undefined, info: note, warn: note, error: note };
    const config = { inferenceRepeat, model: undefined };
    const { clock, mailbox, feed, inspector } = this;
    const journal = new FrameJournal(clock, log);
    this.journal = journal;
    const redis = new RedisWatch(clock, log);
    this.beat = new RosterBeat(clock, config, 'w1', this.roster, inspector, journal);
    this.loop = new InferenceLoop(
      clock,
      'w1',
      mailbox,
      redis,
      this.beat,
      new FrameBell(clock),
      new FrameInspection(clock, HOST, config, inspector),
      new Settlement(clock, HOST, 'w1', mailbox, feed, NO_TRACES, redis, journal),
    );
  }

  /** Begins to work, with the feed's entries noted. */
  async start(): Promise<void> {
    await this.feed.follow({
      entry: (entry) => this.entries.push(entry),
      state: () => undefined,
    });
    this.beat.start({ threads: 1, chosen: 'tuned' });
    void this.loop.run(() => (this.ready += 1)).then((end) => (this.end = end));
    await this.clock.advanceAsync(0);
  }

  /** Lets time pass, and everything that is due at each millisecond come to its end in it. */
  async pass(ms: number): Promise<void> {
    await this.clock.advanceAsync(0);
    for (let left = ms; left > 0; left -= 1) await this.clock.advanceAsync(1);
  }

  /** Takes the engine with its memory away, or brings it back. */
  setAway(away: boolean): void {
    this.mailbox.setAway(away);
    this.roster.setAway(away);
    this.feed.setAway(away);
  }

  register(cameraId: string, detection: Partial<MailboxCamera['detection']> = {}): Promise<void> {
    return this.mailbox.register({
      cameraId,
      groups: [DETECTOR_GROUP],
      expiryMs: 2000,
      detection: {
        enabled: true,
        model: null,
        minConfidence: 0.4,
        classes: [],
        weight: 1,
        minFps: 0,
        events: { minHits: 3, window: 5, endAfterMs: 5000, labels: [] },
        ...detection,
      },
    });
  }

  /** Offers a new frame. @param jpeg - without a byte it cannot be decoded */
  async offer(cameraId: string, jpeg = new Uint8Array([1])): Promise<Frame> {
    const frame: Frame = {
      cameraId,
      epoch: 1,
      sequence: this.#sequence,
      capturedAt: this.clock.now(),
      capturedMonotonic: this.clock.monotonic(),
      host: HOST,
      width: 640,
      height: 360,
      jpeg,
    };
    this.#sequence += 1;
    await this.mailbox.publish(frame);
    return frame;
  }

  async books(cameraId: string): Promise<GroupBooks> {
    const books = await this.mailbox.books(cameraId, DETECTOR_GROUP);
    if (books === null) throw new Error(`no books of ${cameraId}`);
    return books;
  }
}
