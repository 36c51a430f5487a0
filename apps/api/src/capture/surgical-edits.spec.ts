import type { Camera, CameraStatus, Frame } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { sleep } from '@lookout/timing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import { decodersOf } from './decoders-of.ts';
import { FrameFanOut } from './frame-fan-out.ts';

let redis: TestRedis;
let site: Site;
let api: RunningApi;

beforeAll(async () => {
  redis = await startRedis();
  site = await makeSite();
  api = await startApi(site, { REDIS_URL: redis.url });
});

afterAll(async () => {
  await api.stop();
  await redis.stop();
  await site.remove();
});

const small = { captureFps: 10, frame: { width: 160 }, source: { type: 'test' } };

async function make(name: string): Promise<string> {
  const answer = await api.call('POST', '/api/v1/cameras', { body: { name, ...small } });
  return ((await answer.json()) as Camera).id;
}

const patch = (id: string, body: unknown) =>
  api.call('PATCH', `/api/v1/cameras/${id}`, {
    body,
    headers: { 'content-type': 'application/merge-patch+json' },
  });

async function books(id: string) {
  const answer = await api.call('GET', `/api/v1/cameras/${id}/status`);
  return ((await answer.json()) as CameraStatus).books;
}

describe('edits', () => {
  it('cost no other camera a frame, and the same camera none that do not concern its capture', async () => {
    const frames: Frame[] = [];
    api.app.get(FrameFanOut).listen({
      captured: (frame) => {
        if (frame.cameraId === 'kept') frames.push(frame);
      },
    });
    await make('Kept');
    while (frames.length < 10) await sleep(hostClock(), 50);
    const before = await books('kept');

    const other = await make('Other');
    const third = await make('Third');
    await patch(other, { captureFps: 8, liveFps: 8, detectFps: 4 });
    await patch(third, { source: { type: 'file', path: 'none.mp4' } });
    await patch(other, { enabled: false });
    await patch(other, { enabled: true, frame: { width: 320 } });
    await patch('kept', {
      name: 'Still kept',
      detection: { minConfidence: 0.9, classes: ['car'], weight: 4, minFps: 2 },
    });
    await api.call('DELETE', `/api/v1/cameras/${third}`);
    await api.call('DELETE', `/api/v1/cameras/${other}`);
    const until = frames.length + 10;
    while (frames.length < until) await sleep(hostClock(), 50);

    expect(new Set(frames.map(({ epoch }) => epoch)).size).toBe(1);
    expect(frames.map(({ sequence }) => sequence)).toEqual([...frames.keys()]);
    const after = await books('kept');
    expect(after?.id).toBe(before?.id);
    const { offered = 0, delivered = 0, overwritten = 0, expired = 0, waiting = 0 } = after ?? {};
    expect(offered).toBeGreaterThan(before?.offered ?? 0);
    expect(delivered + overwritten + expired + waiting).toBe(offered);
  });

  it('end a decoder with its camera', async () => {
    const before = await decodersOf(process.pid);
    const id = await make('Short');
    const seen = Promise.withResolvers<undefined>();
    const stop = api.app.get(FrameFanOut).listen({
      captured: ({ cameraId }) => {
        if (cameraId === id) seen.resolve(undefined);
      },
    });
    await seen.promise;
    stop();
    expect(await decodersOf(process.pid)).toHaveLength(before.length + 1);
    expect((await api.call('DELETE', `/api/v1/cameras/${id}`)).status).toBe(204);
    expect(await decodersOf(process.pid)).toEqual(before);
  });
});
