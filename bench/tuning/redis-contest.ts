import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DETECTOR_GROUP, RedisFrameMailbox } from '@lookout/frame-mailbox';
import { hostClock, hostId } from '@lookout/host';
import { connectRedis } from '@lookout/redis-link';
import { startRedis } from '@lookout/test-redis';
import { type Contender, type ContenderResult, type ContestWish, holdContest } from './contest.ts';
import { measureRepeated } from './measure-repeated.ts';

/** A frame's way through the mailbox, by TCP on loopback and by a socket file, to the same server. */
export async function redisContest(
  jpeg: Uint8Array,
  wish: ContestWish,
): Promise<ContenderResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-tuning-'));
  const unixsocket = join(folder, 'redis.sock');
  const server = await startRedis({ settings: { unixsocket, unixsocketperm: '700' } });
  const ways = { 'Redis by TCP': server.url, 'Redis by a socket file': `unix://${unixsocket}` };
  const links = Object.entries(ways).map(([name, url]) => ({
    name,
    redis: connectRedis(url, { name: 'lookout-bench', commandTimeoutMs: 5000 }),
  }));
  try {
    const contenders = links.map(({ name, redis }, index): Contender => {
      const pass = frameThroughMailbox(
        new RedisFrameMailbox(redis),
        `camera-${String(index)}`,
        jpeg,
      );
      return {
        name,
        measure: (seconds) => measureRepeated(seconds, pass, { redis: server.pid ?? 0 }),
      };
    });
    await Promise.all(links.map(({ redis }) => new Promise((ready) => redis.once('ready', ready))));
    return await holdContest('Redis', contenders, wish);
  } finally {
    for (const { redis } of links) redis.disconnect();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Publishes, finds, takes and settles a frame: four round trips, two of them with the picture. */
function frameThroughMailbox(
  mailbox: RedisFrameMailbox,
  cameraId: string,
  jpeg: Uint8Array,
): () => Promise<void> {
  const clock = hostClock();
  const frame = { cameraId, epoch: 1, host: hostId(), width: 640, height: 360, jpeg };
  const detection = {
    enabled: true,
    model: null,
    minConfidence: 0.4,
    classes: [],
    weight: 1,
    minFps: 0,
    events: { minHits: 3, window: 5, endAfterMs: 5000, labels: [] },
  };
  const lease = {
    ...{ group: DETECTOR_GROUP, worker: `worker-of-${cameraId}`, deadlineMs: 10_000 },
    cameraIds: [cameraId],
  };
  let sequence = -1;
  return async () => {
    if (sequence < 0) {
      const camera = { cameraId, groups: [DETECTOR_GROUP], expiryMs: 10_000, detection };
      await mailbox.register(camera);
    }
    sequence += 1;
    const now = { capturedAt: clock.now(), capturedMonotonic: clock.monotonic() };
    await mailbox.publish({ ...frame, ...now, sequence });
    const taken = await mailbox.take(lease);
    if (taken === null) throw new Error('the mailbox did not give the frame');
    await mailbox.settle(taken.ticket, 'detected');
  };
}
