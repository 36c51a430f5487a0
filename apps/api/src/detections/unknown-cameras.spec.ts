import { newCameraSchema } from '@lookout/contracts';
import { DETECTOR_GROUP, RedisFrameMailbox } from '@lookout/frame-mailbox';
import { connectRedis } from '@lookout/redis-link';
import { startRedis } from '@lookout/test-redis';
import { expect, it } from 'vitest';
import { makeSite, startApi } from '../running-api.ts';

it('removes from Redis what was deleted while Redis was away, and leaves the books of the others', async () => {
  const redis = await startRedis();
  const site = await makeSite();
  const link = connectRedis(redis.url, { name: 'test' }, () => undefined);
  const mailbox = new RedisFrameMailbox(link);
  const cameras = async () => (await mailbox.cameras(DETECTOR_GROUP)).toSorted();
  const { detection } = newCameraSchema.parse({ name: 'Any', source: { type: 'test' } });

  const first = await startApi(site, { REDIS_URL: redis.url });
  const body = { name: 'Gate', enabled: false, source: { type: 'test' } };
  expect((await first.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
  await expect.poll(cameras).toEqual(['gate']);
  await first.stop();
  await mailbox.register({
    ...{ cameraId: 'deleted', groups: [DETECTOR_GROUP, 'archive'], expiryMs: 2000, detection },
  });
  const image = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
  for (const cameraId of await cameras()) {
    await mailbox.register({ cameraId, groups: [DETECTOR_GROUP], expiryMs: 60_000, detection });
    await mailbox.publish({
      ...{ cameraId, epoch: 1, sequence: 0, width: 16, height: 16, capturedAt: 0, jpeg: image },
      ...{ capturedMonotonic: 0, host: 'here' },
    });
  }
  const before = await mailbox.books('gate', DETECTOR_GROUP);
  expect(before).toMatchObject({ offered: 1 });

  const second = await startApi(site, { REDIS_URL: redis.url });
  await expect.poll(cameras).toEqual(['gate']);
  await expect.poll(async () => (await link.keys('lookout:*:deleted*')).length).toBe(0);
  expect(await mailbox.books('gate', DETECTOR_GROUP)).toMatchObject({ id: before?.id, offered: 1 });

  await second.stop();
  link.disconnect();
  await redis.stop();
  await site.remove();
});
