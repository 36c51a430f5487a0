import { detectionSettingsSchema } from '@lookout/contracts';
import { DETECTOR_GROUP, RedisFrameMailbox } from '@lookout/frame-mailbox';
import { openFrameTraces } from '@lookout/frame-traces';
import { type OtlpReceiver, startOtlpReceiver } from '@lookout/frame-traces/otlp-receiver';
import { hostClock, hostId } from '@lookout/host';
import { connectRedis } from '@lookout/redis-link';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type BuiltWorker, buildWorker, WorkerUnderTest } from '../worker-under-test.ts';

const PATIENCE = { timeout: 30_000, interval: 50 };
const clock = hostClock();
let built: BuiltWorker;
let redis: TestRedis;
let receiver: OtlpReceiver;
let worker: WorkerUnderTest;

beforeAll(async () => {
  [built, redis, receiver] = await Promise.all([buildWorker(), startRedis(), startOtlpReceiver()]);
  worker = new WorkerUnderTest(built.main, {
    REDIS_URL: redis.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
  });
  await worker.message();
});

afterAll(async () => {
  await worker.kill();
  await redis.stop();
  await receiver.close();
  await built.remove();
});

it("puts the worker's part of a frame's way below the span that the api makes of it", async () => {
  const connection = connectRedis(redis.url, { name: 'test' });
  await expect.poll(() => connection.ping()).toBe('PONG');
  const mailbox = new RedisFrameMailbox(connection);
  await mailbox.register({
    ...{ cameraId: 'gate', groups: [DETECTOR_GROUP], expiryMs: 10_000 },
    detection: detectionSettingsSchema.parse({}),
  });
  const create = { width: 640, height: 480, channels: 3, background: 'grey' } as const;
  const picture = await sharp({ create }).jpeg().toBuffer();
  const offer = async (sequence: number, jpeg: Uint8Array) => {
    const frame = {
      ...{ cameraId: 'gate', epoch: 1, sequence, width: 640, height: 480, jpeg },
      ...{ capturedAt: clock.now(), capturedMonotonic: clock.monotonic(), host: hostId() },
    };
    await mailbox.publish(frame);
    return frame;
  };
  const seen = await offer(1, picture);
  await vi.waitFor(async () => {
    expect(await mailbox.books('gate', DETECTOR_GROUP)).toMatchObject({ detected: 1 });
  }, PATIENCE);
  const broken = await offer(2, picture.subarray(0, 200));
  await vi.waitFor(async () => {
    expect(await mailbox.books('gate', DETECTOR_GROUP)).toMatchObject({ failed: 1 });
  }, PATIENCE);
  connection.disconnect();

  // This test in the part of the api.
  const settings = { endpoint: receiver.endpoint, headers: {}, ratio: 1 };
  const api = await openFrameTraces(settings, { name: 'lookout-api', instance: 'test' }, () => {
    throw new Error('the receiver is there');
  });
  api.end(seen, { to: 100, model: 'm', worker: 'w' });
  await api.close();
  // At its end the worker exports what is left.
  worker.process.kill('SIGTERM');
  expect(await worker.exit).toBe(0);

  const root = receiver.spans.find(({ name }) => name === 'frame');
  const below = receiver.spans.filter(({ service }) => service === 'lookout-worker');
  expect(below.map(({ name }) => name)).toEqual(['decode', 'infer', 'publish']);
  for (const span of below) {
    expect([span.traceId, span.parentId]).toEqual([root?.traceId, root?.spanId]);
    expect(span.attributes.get('lookout.sequence')).toBe(1);
    expect(span.to).toBeGreaterThanOrEqual(span.from);
    expect(span.from).toBeGreaterThanOrEqual(seen.capturedAt);
  }
  const [decode, infer, publish] = below;
  expect([infer?.from, publish?.from]).toEqual([decode?.to, infer?.to]);
  // The broken one came no further than into the worker's hands: no stretch of it was finished.
  expect(
    receiver.spans.some(({ attributes }) => attributes.get('lookout.sequence') === broken.sequence),
  ).toBe(false);
});
