import { type OtlpReceiver, startOtlpReceiver } from '@lookout/frame-traces/otlp-receiver';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFakeWorker } from '../live/fake-worker.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

const PATIENCE = { timeout: 20_000, interval: 100 };

describe('traces of a running api', () => {
  let site: Site;
  let redis: TestRedis;
  let receiver: OtlpReceiver;
  let api: RunningApi;
  let worker: ReturnType<typeof startFakeWorker>;
  beforeAll(async () => {
    [site, redis, receiver] = await Promise.all([makeSite(), startRedis(), startOtlpReceiver()]);
    api = await startApi(site, {
      REDIS_URL: redis.url,
      LOOKOUT_DEMO: 'false',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    });
    worker = startFakeWorker(redis.url);
  });
  afterAll(async () => {
    await worker.stop();
    await api.stop();
    await redis.stop();
    await receiver.close();
    await site.remove();
  });

  it('tell of each inferred frame from its capture until its result was handed on', async () => {
    const body = { name: 'Gate', source: { type: 'test' }, captureFps: 10, frame: { width: 160 } };
    expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
    const roots = () => receiver.spans.filter(({ parentId }) => parentId === '');
    await vi.waitFor(() => {
      expect(roots().length).toBeGreaterThan(10);
    }, PATIENCE);
    for (const root of roots()) {
      expect(root).toMatchObject({ service: 'lookout-api', name: 'frame', failure: undefined });
      expect(root.attributes.get('lookout.camera')).toBe('gate');
      const below = receiver.spans.filter(({ parentId }) => parentId === root.spanId);
      // A quick worker may have taken the frame before its offer was confirmed.
      const names = below.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['wait', 'relay']));
      for (const span of below) {
        expect(span.traceId).toBe(root.traceId);
        expect(span.from).toBeGreaterThanOrEqual(root.from);
        expect(span.to).toBeLessThanOrEqual(root.to);
      }
      expect(below.find(({ name }) => name === 'relay')?.to).toBe(root.to);
    }
    const sequences = roots().map(({ attributes }) => attributes.get('lookout.sequence'));
    expect(new Set(sequences).size).toBe(sequences.length);
    expect(new Set(roots().map(({ traceId }) => traceId)).size).toBe(sequences.length);
  });
});
