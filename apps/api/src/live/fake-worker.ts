import { randomUUID } from 'node:crypto';
import type { DetectionResult, WorkerPresence } from '@lookout/contracts';
import { RedisDetectionFeed } from '@lookout/detection-feed';
import { DETECTOR_GROUP, RedisFrameMailbox, RedisWorkerRoster } from '@lookout/frame-mailbox';
import { connectRedis } from '@lookout/redis-link';
import { hostClock } from '@lookout/host';
import { RateMeter, sleep } from '@lookout/timing';

const STEP_MS = 20;
const BEAT_MS = 300;

/**
 * For tests: takes, settles and publishes as a worker does, but sees the same person in each frame.
 * @param inferenceMs - how long it looks at a frame
 */
export function startFakeWorker(url: string, inferenceMs = 1): { stop: () => Promise<void> } {
  const redis = connectRedis(url, { name: 'fake-worker' });
  const mailbox = new RedisFrameMailbox(redis);
  const roster = new RedisWorkerRoster(redis);
  const feed = new RedisDetectionFeed(redis);
  const clock = hostClock();
  const id = `fake-${randomUUID()}`;
  const rate = new RateMeter(clock);
  let stopped = false;

  const presence: WorkerPresence = {
    id,
    pid: process.pid,
    host: 'here',
    startedAt: new Date().toISOString(),
    models: ['fake'],
    threads: 1,
    threadsChosen: 'tuned',
    inferenceRepeat: 1,
    rate: 0,
    inferenceMs,
  };
  const step = async () => {
    const taken = await mailbox.take({ group: DETECTOR_GROUP, worker: id, deadlineMs: 2000 });
    if (taken === null) return;
    if (inferenceMs > 1) await sleep(clock, inferenceMs);
    rate.mark();
    const { cameraId, epoch, sequence, capturedAt, capturedMonotonic } = taken.frame;
    const age = () => clock.monotonic() - capturedMonotonic;
    const [takenAge, decoded, inferred] = [age(), age(), age()];
    const box = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    const result: DetectionResult = {
      cameraId,
      epoch,
      sequence,
      capturedAt,
      completedAt: Date.now(),
      inferenceMs,
      model: 'fake',
      worker: id,
      detections: [{ classId: 0, label: 'person', confidence: 0.9, box }],
    };
    await mailbox.settle(taken.ticket, 'detected');
    const ages = { taken: takenAge, decoded, inferred, published: age() };
    await feed.publish({ kind: 'result', result, ages });
  };
  const run = async () => {
    let beatAt = -Infinity;
    while (!stopped) {
      try {
        if (clock.monotonic() - beatAt > BEAT_MS) {
          await roster.beat({ ...presence, rate: rate.rate() });
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
