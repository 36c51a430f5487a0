import { once } from 'node:events';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DetectionResult, WorkerPresence } from '@lookout/contracts';
import { RedisDetectionFeed } from '@lookout/detection-feed';
import {
  DETECTOR_GROUP,
  RedisFrameMailbox,
  RedisWorkerRoster,
  WORKER_BEAT_MS,
} from '@lookout/frame-mailbox';
import { hostClock } from '@lookout/host';
import { readCatalog, resolveModel } from '@lookout/model-catalog';
import { OnnxDetector } from '@lookout/onnx-detector';
import { connectRedis } from '@lookout/redis-link';

const ID = 'bench-in-process';
const PAUSE_MS = 10;
const LEASE_MS = 60_000;
/** This process stands still for as long as an inference takes: Redis' answers must be allowed to wait. */
const COMMAND_MS = 10_000;

/** What the inference is run with. */
export interface InferenceSettings {
  readonly redisUrl: string;
  /** Folder of the catalog and its models. */
  readonly models: string;
  readonly model: string;
  readonly threads: number;
  readonly repeat: number;
}

/** The worker's job in its simplest form, on the event loop of whoever calls: take, look, publish. */
export async function infer(settings: InferenceSettings): Promise<never> {
  const redis = connectRedis(settings.redisUrl, { name: ID, commandTimeoutMs: COMMAND_MS });
  await once(redis, 'ready');
  const mailbox = new RedisFrameMailbox(redis);
  const feed = new RedisDetectionFeed(redis);
  const clock = hostClock();
  const { id, file, labels, input } = await resolveModel(
    await readCatalog(settings.models),
    settings.model,
  );
  const { threads, repeat } = settings;
  const detector = await OnnxDetector.load({ file, labels, input, threads });
  const roster = new RedisWorkerRoster(redis);
  const presence: WorkerPresence = {
    id: ID,
    pid: process.pid,
    host: hostname(),
    startedAt: new Date().toISOString(),
    models: [id],
    threads,
    threadsChosen: 'pinned',
    inferenceRepeat: repeat,
    rate: 0,
    inferenceMs: null,
  };
  await roster.beat(presence);
  setInterval(() => void roster.beat(presence), WORKER_BEAT_MS);
  for (;;) {
    const lease = { group: DETECTOR_GROUP, worker: ID, deadlineMs: LEASE_MS };
    const taken = await mailbox.take(lease);
    if (taken === null) {
      await sleep(PAUSE_MS);
      continue;
    }
    const { cameraId, epoch, sequence, capturedAt, capturedMonotonic, jpeg } = taken.frame;
    const { detections, inferenceMs } = await detector.detect(jpeg, { ...taken.detection, repeat });
    await mailbox.settle(taken.ticket, 'detected');
    const result: DetectionResult = {
      cameraId,
      epoch,
      sequence,
      capturedAt,
      completedAt: Date.now(),
      inferenceMs,
      model: id,
      worker: ID,
      detections,
    };
    const published = clock.monotonic() - capturedMonotonic;
    await feed.publish({ kind: 'result', result, ages: { published } });
  }
}
