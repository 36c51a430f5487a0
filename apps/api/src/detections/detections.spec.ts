import { type CameraStatus, cameraStatusSchema, type WorkerPresence } from '@lookout/contracts';
import { DETECTOR_GROUP, type TakenFrame } from '@lookout/frame-mailbox';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLiveStand } from '../live/live-stand.ts';
import { sampleCamera, sampleFrame, sampleResult } from '../status/samples.ts';
import { latestDetectionsSchema } from './latest-detections.ts';

let stand: Awaited<ReturnType<typeof openLiveStand>>;

beforeEach(async () => {
  stand = await openLiveStand();
});

afterEach(async () => {
  await stand.close();
});

const worker: WorkerPresence = {
  id: 'w1',
  pid: 1,
  host: 'here',
  startedAt: '2026-01-01T00:00:00.000Z',
  models: ['yolov5s'],
  threads: 1,
  threadsChosen: 'tuned',
  inferenceRepeat: 1,
  rate: 0,
  inferenceMs: null,
};

async function status(id = 'gate'): Promise<CameraStatus> {
  const response = await stand.fetch(`/cameras/${id}/status`);
  expect(response.status).toBe(200);
  return cameraStatusSchema.parse(await response.json());
}

async function freshness(): Promise<string> {
  const { detection } = await status();
  return `${detection.freshness}: ${detection.reason ?? ''}`;
}

/** A frame is captured, and offered to the detector. */
async function offer(sequence: number, epoch = 1) {
  const frame = sampleFrame(stand.clock, sequence, { epoch });
  stand.fanOut.captured(frame);
  stand.fanOut.offered(frame);
  await stand.clock.advanceAsync(0);
  return frame;
}

function take(): Promise<TakenFrame | null> {
  const lease = { group: DETECTOR_GROUP, worker: worker.id, deadlineMs: 1000 };
  return stand.mailbox.take(lease);
}

/** The worker's whole way with one frame. */
async function inspect(sequence: number): Promise<void> {
  await stand.roster.beat(worker);
  await offer(sequence);
  const taken = await take();
  if (taken === null) throw new Error('nothing to take');
  await stand.mailbox.settle(taken.ticket, 'detected');
  const ages = { taken: 5, decoded: 10, inferred: 60, published: 62 };
  await stand.feed.publish({ kind: 'result', result: sampleResult(taken.frame), ages });
}

function refused(): Promise<number> {
  return stand.metrics.refused
    .get()
    .then(({ values }) => values.reduce((sum, { value }) => sum + value, 0));
}

describe('freshness', () => {
  it('goes through off, unknown, fresh and stale', async () => {
    stand.addCamera();
    expect(await freshness()).toBe('unknown: No worker is running.');
    await stand.roster.beat(worker);
    expect(await freshness()).toBe('unknown: There is no result yet.');
    await inspect(1);
    expect(await freshness()).toBe('fresh: ');
    await stand.clock.advanceAsync(1400);
    await stand.roster.beat(worker);
    await stand.clock.advanceAsync(700);
    expect(await freshness()).toBe('stale: The newest result is 2.1 s old.');
    await inspect(2);
    expect(await freshness()).toBe('fresh: ');
    stand.fanOut.captureState('gate', { state: 'reconnecting', since: 0, reason: 'ended' });
    expect(await freshness()).toBe('unknown: The camera is reconnecting.');
    const camera = sampleCamera();
    stand.fanOut.cameraChanged({
      ...camera,
      detection: { ...camera.detection, enabled: false },
    });
    expect(await freshness()).toMatch(/^off/);
  });

  it('says nothing of the share of a detector whose first results are still in the rates', async () => {
    stand.addCamera();
    const share = async () => (await status()).detection.share;
    for (let sequence = 0; sequence < 40; sequence += 2) {
      await inspect(sequence);
      expect(await share()).toBeNull();
      // Of two that are offered one is missed.
      await offer(sequence + 1);
      await stand.clock.advanceAsync(250);
    }
    await inspect(40);
    expect(await share()).toMatchObject({ reduced: true });
  });

  it('misses a worker that dies within 2 s, unasked', async () => {
    stand.addCamera(sampleCamera({ detectFps: 0.1 }));
    await inspect(1);
    await stand.clock.advanceAsync(300);
    const client = stand.connect();
    const told: string[] = [];
    client.on('status', ({ detection }) => told.push(detection.freshness));
    await client.emitWithAck('watch', { cameraId: 'gate' });
    await stand.clock.advanceAsync(1700);
    await client.emitWithAck('unwatch', { cameraId: 'gate' });
    expect([told[0], told.at(-1)]).toEqual(['fresh', 'unknown']);
  });

  it('is unknown after a failure, never "nothing there", until a newer frame is inspected', async () => {
    stand.addCamera();
    await inspect(1);
    const { cameraId, epoch } = sampleFrame(stand.clock, 2);
    await stand.feed.publish({
      kind: 'failure',
      frame: { cameraId, epoch, sequence: 2 },
      worker: 'w1',
      model: 'yolov5s',
      reason: 'the JPEG is broken',
      failedAt: stand.clock.now(),
      ages: { taken: 5, published: 9 },
    });
    expect(await freshness()).toBe('unknown: The last inference failed: the JPEG is broken');
    // It came as far as it came, and its ages tell so.
    const { ages, inferenceMs } = await status();
    expect(Object.keys(ages)).toEqual(['offered', 'taken', 'decoded', 'inferred', 'published']);
    expect(ages.taken?.p50).toBeCloseTo(5, 0);
    expect(ages.published?.p50).toBeCloseTo(9, 0);
    expect(ages.published?.p99).toBeCloseTo(62, -1);
    expect(inferenceMs?.p99).toBeCloseTo(48, -1);
    await inspect(3);
    expect(await freshness()).toBe('fresh: ');
  });

  it('is unknown after an inference that was not finished in time', async () => {
    stand.addCamera(sampleCamera({ detectFps: 0.1 }));
    await inspect(1);
    await stand.clock.advanceAsync(1000);
    await stand.roster.beat(worker);
    await offer(2);
    await take();
    await stand.clock.advanceAsync(1000);
    await stand.roster.beat(worker);
    await stand.clock.advanceAsync(1000);
    await stand.roster.beat(worker);
    expect((await status()).books).toMatchObject({ abandoned: 1 });
    expect(await freshness()).toBe('unknown: The last inference was not finished in time.');
  });

  it('ignores results of an earlier capture, and of cameras that are gone', async () => {
    stand.addCamera();
    await inspect(7);
    await offer(0, 2);
    await stand.feed.publish({
      kind: 'result',
      result: sampleResult(sampleFrame(stand.clock, 8)),
      ages: {},
    });
    expect(await freshness()).toBe('unknown: There is no result yet.');
    const other = sampleFrame(stand.clock, 1, { cameraId: 'gone' });
    await stand.feed.publish({ kind: 'result', result: sampleResult(other), ages: {} });
    expect((await stand.fetch('/cameras/gone/detections/latest')).status).toBe(404);
  });

  it('goes with the newest result, and without any says so', async () => {
    stand.addCamera();
    const latest = async () => {
      const response = await stand.fetch('/cameras/gate/detections/latest');
      return latestDetectionsSchema.parse(await response.json());
    };
    expect(await latest()).toMatchObject({ cameraId: 'gate', detections: null });
    await inspect(3);
    await stand.clock.advanceAsync(300);
    expect(await latest()).toMatchObject({
      freshness: 'fresh',
      sequence: 3,
      detections: [{ label: 'person' }],
    });
  });
});

describe('status', () => {
  it('tells rates, ages, inference times, books and model', async () => {
    stand.addCamera();
    for (let sequence = 0; sequence < 30; sequence += 1) {
      await stand.clock.advanceAsync(200);
      await inspect(sequence);
      stand.fanOut.live(sampleFrame(stand.clock, sequence));
    }
    const told = await status();
    expect(told.rates).toEqual({ capture: 5, live: 5, offered: 5, detected: 5 });
    expect(told.ages).toMatchObject({ offered: {}, taken: {}, decoded: {}, inferred: {} });
    expect(told.ages.published?.p50).toBeCloseTo(62, -1);
    expect(told.inferenceMs?.p95).toBeCloseTo(48, -1);
    expect(told.books).toMatchObject({ captured: 30, offered: 30, detected: 30 });
    expect(told.detection.model).toBe('yolov5s');
    expect(told.detection.share).toEqual({ wanted: 5, fair: 5, reduced: false, reason: null });
    expect((await stand.fetch('/cameras/gone/status')).status).toBe(404);
  });

  it('counts once what is told twice, as a worker does whose words had no answer', async () => {
    stand.addCamera();
    for (let sequence = 0; sequence < 30; sequence += 1) {
      await stand.clock.advanceAsync(200);
      await inspect(sequence);
      const result = sampleResult(sampleFrame(stand.clock, sequence), { inferenceMs: 9000 });
      await stand.feed.publish({ kind: 'result', result, ages: { published: 9000 } });
    }
    const told = await status();
    expect(told.rates.detected).toBe(5);
    expect(told.inferenceMs?.p95).toBeCloseTo(48, -1);
    expect(told.ages.published?.p95).toBeCloseTo(62, -1);
  });
});

describe('the mailbox', () => {
  it('refuses what it cannot take: dropped, counted, and not kept', async () => {
    stand.addCamera();
    await offer(1);
    stand.mailbox.setFull(true);
    await offer(2);
    expect(await refused()).toBe(1);
    // One publish at a time: what comes while one is on its way is dropped and counted too.
    stand.mailbox.setFull(false);
    stand.fanOut.offered(sampleFrame(stand.clock, 3));
    stand.fanOut.offered(sampleFrame(stand.clock, 4));
    stand.fanOut.offered(sampleFrame(stand.clock, 5));
    await stand.clock.advanceAsync(0);
    expect(await refused()).toBe(3);
    expect((await status()).books).toMatchObject({ offered: 2 });
  });

  it('is away: books are null and detection unknown; then all is well by itself', async () => {
    stand.addCamera();
    await inspect(1);
    const before = (await status()).books;
    for (const engine of [stand.mailbox, stand.roster, stand.feed]) engine.setAway(true);
    await offer(2);
    expect((await status()).books).toBeNull();
    expect(await freshness()).toMatch(/^unknown: .*Redis/);
    expect(await refused()).toBe(1);
    expect(await (await stand.fetch('/readyz')).json()).toMatchObject({ degraded: ['redis'] });
    for (const engine of [stand.mailbox, stand.roster, stand.feed]) engine.setAway(false);
    await inspect(3);
    await stand.clock.advanceAsync(500);
    expect(await freshness()).toBe('fresh: ');
    const after = (await status()).books;
    expect(after?.id).not.toBe(before?.id);
    expect(after).toMatchObject({ captured: 1, offered: 1, detected: 1 });
  });

  it('hears of a removal as soon as it is back', async () => {
    const removed = vi.spyOn(stand.mailbox, 'remove');
    stand.addCamera();
    await stand.clock.advanceAsync(0);
    stand.mailbox.setAway(true);
    stand.fanOut.cameraRemoved('gate');
    await stand.clock.advanceAsync(2000);
    expect(removed.mock.calls.length).toBeGreaterThan(2);
    stand.mailbox.setAway(false);
    await stand.clock.advanceAsync(600);
    await expect(removed.mock.results.at(-1)?.value).resolves.toBeUndefined();
    removed.mockClear();
    await stand.clock.advanceAsync(5000);
    expect(removed).not.toHaveBeenCalled();
  });

  it('hears of changes with the expiry that goes with them', async () => {
    const registered = vi.spyOn(stand.mailbox, 'register');
    const camera = stand.addCamera();
    await stand.clock.advanceAsync(0);
    stand.fanOut.cameraChanged({ ...camera, detectFps: 0.5 });
    await stand.clock.advanceAsync(0);
    const heard = registered.mock.calls.map(([{ cameraId, groups, expiryMs }]) => [
      cameraId,
      groups,
      expiryMs,
    ]);
    expect(heard[0]).toEqual(['gate', [DETECTOR_GROUP], 2000]);
    expect(heard.at(-1)).toEqual(['gate', [DETECTOR_GROUP], 6000]);
  });
});
