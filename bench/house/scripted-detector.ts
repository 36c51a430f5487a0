import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Detection, Frame } from '@lookout/contracts';
import { RedisDetectionFeed } from '@lookout/detection-feed';
import {
  DETECTOR_GROUP,
  RedisFrameMailbox,
  RedisWorkerRoster,
  type TakenFrame,
  WORKER_BEAT_MS,
} from '@lookout/frame-mailbox';
import { hostClock } from '@lookout/host';
import { connectRedis } from '@lookout/redis-link';

const LEASE_MS = 2000;
const POLL_MS = 10;
const AWAY_MS = 100;
const MODEL = 'scripted';

/** What a detector sees. */
export interface Script {
  /** Says what is in a frame. */
  see(frame: Frame): readonly Detection[];
  /** Told of what reached the feed. */
  published?(detections: readonly Detection[]): void;
}

/**
 * A worker that takes, settles and publishes as any other does, and looks at frames in no time: what
 * it sees is written down beforehand. Goes on when Redis was away.
 */
export class ScriptedDetector {
  readonly #redis: ReturnType<typeof connectRedis>;
  readonly #mailbox: RedisFrameMailbox;
  readonly #roster: RedisWorkerRoster;
  readonly #feed: RedisDetectionFeed;
  readonly #clock = hostClock();
  readonly #id = `scripted-${randomUUID()}`;
  readonly #startedAt = new Date().toISOString();
  readonly #cameraIds: readonly string[];
  readonly #script: Script;
  readonly #running: Promise<void>;
  #beatAt = -Infinity;
  #stopped = false;

  /** @param cameraIds - whose frames it takes; those of others are left to other workers */
  constructor(redisUrl: string, cameraIds: readonly string[], script: Script) {
    this.#redis = connectRedis(redisUrl, { name: 'bench-detector' });
    this.#mailbox = new RedisFrameMailbox(this.#redis);
    this.#roster = new RedisWorkerRoster(this.#redis);
    this.#feed = new RedisDetectionFeed(this.#redis);
    this.#cameraIds = cameraIds;
    this.#script = script;
    this.#running = this.#run();
  }

  /** Ends it after the frame in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    this.#redis.disconnect();
  }

  async #run(): Promise<void> {
    if (this.#redis.status !== 'ready') await once(this.#redis, 'ready');
    while (!this.#stopped) {
      // Redis may be away; the next step tries again.
      await this.#step().catch(() => sleep(AWAY_MS));
    }
  }

  async #step(): Promise<void> {
    await this.#beat();
    const taken = await this.#mailbox.take({
      ...{ group: DETECTOR_GROUP, worker: this.#id, deadlineMs: LEASE_MS },
      cameraIds: this.#cameraIds,
    });
    if (taken === null) await sleep(POLL_MS);
    else await this.#publish(taken);
  }

  async #publish({ frame, ticket }: TakenFrame): Promise<void> {
    const age = this.#clock.monotonic() - frame.capturedMonotonic;
    const detections = [...this.#script.see(frame)];
    if ((await this.#mailbox.settle(ticket, 'detected')) === 'late') return;
    const { cameraId, epoch, sequence, capturedAt } = frame;
    await this.#feed.publish({
      kind: 'result',
      result: {
        ...{ cameraId, epoch, sequence, capturedAt, detections },
        ...{ completedAt: this.#clock.now(), inferenceMs: 0, model: MODEL, worker: this.#id },
      },
      ages: { taken: age, decoded: age, inferred: age, published: age },
    });
    this.#script.published?.(detections);
  }

  async #beat(): Promise<void> {
    if (this.#clock.monotonic() - this.#beatAt < WORKER_BEAT_MS) return;
    await this.#roster.beat({
      ...{ id: this.#id, pid: process.pid, host: 'bench', startedAt: this.#startedAt },
      ...{ models: [MODEL], threads: 1, threadsChosen: 'pinned', inferenceRepeat: 1 },
      ...{ rate: 0, inferenceMs: 0 },
    });
    this.#beatAt = this.#clock.monotonic();
  }
}
