import type { DetectionFeed, FeedEntry } from '@lookout/detection-feed';
import type { FrameMailbox, TakenFrame } from '@lookout/frame-mailbox';
import type { FrameTraces } from '@lookout/frame-traces';
import { frameAge } from '@lookout/host';
import type { Clock } from '@lookout/timing';
import { Inject, Injectable } from '@nestjs/common';
import { FrameJournal } from '../journal/frame-journal.ts';
import { RedisWatch } from '../redis/redis-watch.ts';
import { stretchesOf } from '../telemetry/stretches.ts';
import {
  CLOCK,
  DETECTION_FEED,
  FRAME_MAILBOX,
  FRAME_TRACES,
  HOST_ID,
  WORKER_ID,
} from '../tokens.ts';
import type { Inspected } from './frame-inspection.ts';

/**
 * Ends a frame: first it is settled in the mailbox, then published to the feed. In this order since
 * only the mailbox knows whether the frame was given up meanwhile (then nothing may be shown as on
 * time). A worker killed in the instant between the two leaves a frame that counts as detected and
 * was never shown; the other order would show frames that count as abandoned.
 */
@Injectable()
export class Settlement {
  #due: { readonly taken: TakenFrame; readonly inspected: Inspected; latest: number } | null = null;
  #publishing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HOST_ID) private readonly host: string,
    @Inject(WORKER_ID) private readonly worker: string,
    @Inject(FRAME_MAILBOX) private readonly mailbox: FrameMailbox,
    @Inject(DETECTION_FEED) private readonly feed: DetectionFeed,
    @Inject(FRAME_TRACES) private readonly traces: FrameTraces,
    private readonly redis: RedisWatch,
    private readonly journal: FrameJournal,
  ) {}

  /** Resolves when what `publish` began is with the feed, or cannot be brought there. */
  get published(): Promise<void> {
    return this.#publishing;
  }

  /**
   * Settles a frame; what there is to publish of it waits for `publish`. The one before must be
   * published by then. Never rejects.
   * @param latest - monotonic time until which an absent Redis is waited for
   */
  async settle(taken: TakenFrame, inspected: Inspected, latest: number): Promise<void> {
    const { ticket, frame } = taken;
    const settled = await this.redis.insist(
      () => this.mailbox.settle(ticket, inspected.outcome),
      latest,
    );
    if (settled === 'settled') this.#due = { taken, inspected, latest };
    else this.journal.late(frame);
  }

  /** Begins to publish what was settled last, if it was not yet. */
  publish(): void {
    if (this.#due === null) return;
    const { taken, inspected, latest } = this.#due;
    this.#due = null;
    let entry = this.#entryOf(taken, inspected);
    const publish = async () => {
      // Anew for each try: an absent Redis makes a frame older.
      entry = this.#entryOf(taken, inspected);
      await this.feed.publish(entry);
      return true;
    };
    this.#publishing = this.redis.insist(publish, latest).then((published) => {
      if (published === undefined) {
        this.journal.failed(taken.frame, 'Redis did not take in time what was seen in it');
        return;
      }
      this.#note(entry);
      this.traces.stretches(taken.frame, stretchesOf(entry.ages));
    });
  }

  /** Publishes what is left. Resolves when it is with the feed, or cannot be brought there. */
  async finish(): Promise<void> {
    this.publish();
    await this.#publishing;
  }

  #note(entry: FeedEntry): void {
    if (entry.kind === 'failure') {
      this.journal.failed(entry.frame, entry.reason);
      return;
    }
    const { model, inferenceMs, detections } = entry.result;
    const ageMs = entry.ages.published ?? 0;
    this.journal.detected(entry.result, { model, inferenceMs, ageMs, objects: detections.length });
  }

  #entryOf({ frame }: TakenFrame, inspected: Inspected): FeedEntry {
    const { cameraId, epoch, sequence, capturedAt } = frame;
    const { worker } = this;
    const { model } = inspected;
    const now = this.clock.now();
    const ages = { ...inspected.ages, published: frameAge(frame, this.clock, this.host) };
    if (inspected.outcome === 'failed') {
      const { reason } = inspected;
      const id = { cameraId, epoch, sequence };
      return { kind: 'failure', frame: id, worker, model, reason, failedAt: now, ages };
    }
    const { inferenceMs, detections } = inspected.inspection;
    return {
      kind: 'result',
      result: {
        cameraId,
        epoch,
        sequence,
        capturedAt,
        completedAt: now,
        inferenceMs,
        model,
        worker,
        detections: [...detections],
      },
      ages,
    };
  }
}
