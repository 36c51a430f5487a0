import { randomUUID } from 'node:crypto';
import type { DetectionResult } from '@lookout/contracts';
import { RedisDetectionFeed } from '@lookout/detection-feed';
import { DETECTOR_GROUP, RedisFrameMailbox, RedisWorkerRoster } from '@lookout/frame-mailbox';
import { connectRedis } from '@lookout/redis-link';
import { hostClock } from '@lookout/host';

const STEP_MS = 20;
const BEAT_MS = 300;

/** For tests: takes, settles and publishes as a worker does, but sees the same person in each frame. */
export function startFakeWorker(url: string): { stop: () => Promise<void> } {
  const redis = connectRedis(url, { name: 'fake-worker' });
  const mailbox = new RedisFrameMailbox(redis);
  const roster = new RedisWorkerRoster(redis);
  const feed = new RedisDetectionFeed(redis);
  const clock = hostClock();
  const id = `fake-${randomUUID()}`;
  let stopped = false;

  const presence = {
    id,
    pid: process.pid,
    host: 'here',
    startedAt: new Date().toISOString(),
    models: ['fake'],
    threads: 1,
    threadsChosen: 'tuned',
    inferenceRepeat: 1,
    rate: 0,
    inferenceMs: null,
  };
  const step = async () => {
    const waiting = await mailbox.waiting(DETECTOR_GROUP);
    const lease = { group: DETECTOR_GROUP, worker: id, deadlineMs: 2000 };
    const taken = await mailbox.take(
      lease,
      waiting.map(({ cameraId }) => cameraId),
    );
    if (taken === null) return;
    const { cameraId, epoch, sequence, capturedAt, capturedMonotonic } = taken.frame;
    const box = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    const result: DetectionResult = {
      cameraId,
      epoch,
      sequence,
      capturedAt,
      completedAt: Date.now(),
      inferenceMs: 1,
      model: 'fake',
      worker: id,
      detections: [{ classId: 0, label: 'person', confidence: 0.9, box }],
    };
    await mailbox.settle(taken.ticket, 'detected');
    const published = clock.monotonic() - capturedMonotonic;
    await feed.publish({ kind: 'result', result, ages: { published } });
  };
  const run = async () => {
    let beatAt = -Infinity;
    while (!stopped) {
      try {
        if (clock.monotonic() - beatAt > BEAT_MS) {
          await roster.beat(presence);
          beatAt = clock.monotonic();
        }
        await step();
      } catch {
        // Redis is away; the next step tries again.
      }
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
  };
  const running = run();
  return {
    async stop() {
      stopped = true;
      await running;
      redis.disconnect();
    },
  };
}
