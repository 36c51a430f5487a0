import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LIVE_NAMESPACE, type LiveEvents, type ViewerEvents } from '@lookout/contracts';
import { hostClock } from '@lookout/host';
import { connectRedis } from '@lookout/redis-link';
import { HttpCamera, makeJpegs, mjpeg } from '@lookout/test-cameras';
import { startRedis, type TestRedis } from '@lookout/test-redis';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFakeWorker } from '../live/fake-worker.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';
import { type CameraDiagnosis, type DoctorReport, doctorReportSchema } from './doctor-report.ts';
import { SlowLine } from './slow-line.ts';

const clock = hostClock();
/** On a machine that has other things to do, a camera may need a second try to begin. */
const PATIENCE_MS = 100_000;

let site: Site;
let api: RunningApi;
let redis: TestRedis;
let line: SlowLine;
let camera: HttpCamera;
let worker: ReturnType<typeof startFakeWorker> | undefined;

async function report(token?: string): Promise<DoctorReport> {
  const answer = await api.call(
    'GET',
    '/api/v1/system/doctor',
    token === undefined ? {} : { token },
  );
  expect(answer.status).toBe(200);
  return doctorReportSchema.parse(await answer.json());
}

type Wanted = (found: CameraDiagnosis) => boolean;

/** Asks again until the doctor says so of the camera, or patience ends; the last word counts. */
async function until(id: string, wanted: Wanted): Promise<CameraDiagnosis | undefined> {
  const end = clock.monotonic() + PATIENCE_MS;
  for (;;) {
    const found = (await report()).cameras.find(({ cameraId }) => cameraId === id);
    if ((found !== undefined && wanted(found)) || clock.monotonic() > end) return found;
  }
}

const untilLimit = (id: string, limit: CameraDiagnosis['limit']) =>
  until(id, (found) => found.limit === limit);
/** As for a camera that runs: one that has not begun yet is held back by the same parts. */
const untilHeldBack = (id: string, limit: CameraDiagnosis['limit']) =>
  until(id, (found) => found.limit === limit && found.severity === 'warning');
const untilWords = (id: string, words: RegExp) => until(id, (found) => words.test(found.headline));

const valueOf = (diagnosis: CameraDiagnosis | undefined, name: string) =>
  diagnosis?.evidence.find((each) => each.name === name)?.value ?? NaN;

async function add(name: string, source: object, rates: object): Promise<void> {
  const body = { name, source, frame: { width: 160 }, ...rates };
  const answer = await api.call('POST', '/api/v1/cameras', { body });
  expect(answer.status).toBe(201);
}

const remove = async (id: string) => {
  expect((await api.call('DELETE', `/api/v1/cameras/${id}`)).status).toBe(204);
};

const MODEST = { captureFps: 10, liveFps: 10, detectFps: 4 };

beforeAll(async () => {
  redis = await startRedis({ maxMemoryBytes: 64 * 1024 * 1024 });
  line = await SlowLine.open(Number(new URL(redis.url).port));
  site = await makeSite();
  await makeJpegs(join(site.root, 'picture-%d.jpg'), '320x240', 1);
  const picture = await readFile(join(site.root, 'picture-1.jpg'));
  camera = await HttpCamera.start({
    '/five': mjpeg([picture], 5),
    '/bursts': (response) => {
      response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' });
      const head = `--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${String(picture.length)}\r\n\r\n`;
      const part = Buffer.concat([Buffer.from(head), picture, Buffer.from('\r\n')]);
      const timer = setInterval(() => {
        response.write(Buffer.concat(Array<Buffer>(15).fill(part)));
      }, 1500);
      return () => {
        clearInterval(timer);
      };
    },
  });
  api = await startApi(site, { REDIS_URL: `redis://127.0.0.1:${String(line.port)}` });
  await add('Well', { type: 'test' }, MODEST);
});

beforeEach(() => {
  line.delayMs = 0;
  worker = startFakeWorker(redis.url);
});

afterEach(() => worker?.stop());

afterAll(async () => {
  await api.stop();
  await camera.stop();
  await line.close();
  await redis.stop();
  await site.remove();
});

describe('each part made the bottleneck', { timeout: 400_000 }, () => {
  it('none: says so of a camera of which all is well, with the machine in numbers', async () => {
    expect(await untilLimit('well', 'none')).toMatchObject({ limit: 'none', also: [] });
    const { host, findings } = await report();
    expect(host?.cores).toBeGreaterThan(0);
    expect(host?.diskFreeBytes).toBeGreaterThan(0);
    expect(host?.processorBusy).toBeGreaterThan(0);
    expect(findings?.map(({ part }) => part)).not.toContain('redis');
  });

  it('source: a camera gives 5 of 30 frames a second, in its own steady pace', async () => {
    await add('Slow', { type: 'http', url: camera.url('/five') }, {});
    const found = await untilHeldBack('slow', 'source');
    expect(found).toMatchObject({ limit: 'source', severity: 'warning' });
    expect(valueOf(found, 'frames captured')).toBeCloseTo(5, 0);
    expect(found?.advice).toContain('captureFps to 5');
    // A caller who is limited to one camera learns nothing of the other, nor of the whole.
    const body = { name: 'Guest', role: 'viewer', cameraIds: ['well'] };
    const made = await (await api.call('POST', '/api/v1/tokens', { body })).json();
    const guest = await report((made as { token: string }).token);
    expect(guest.cameras.map(({ cameraId }) => cameraId)).toEqual(['well']);
    expect([guest.host, guest.findings]).toEqual([null, null]);
    await remove('slow');
  });

  it('network: pictures pause and come in bursts, though as many as wanted', async () => {
    await add('Bursts', { type: 'http', url: camera.url('/bursts') }, MODEST);
    const found = await untilHeldBack('bursts', 'network');
    expect(found).toMatchObject({ limit: 'network', severity: 'warning' });
    expect(valueOf(found, 'longest gap between frames')).toBeGreaterThan(1000);
    await remove('bursts');
  });

  it('viewer: one acknowledges a second late while another keeps up', async () => {
    const token = await (
      await api.call('POST', '/api/v1/tokens', { body: { name: 'Wall', role: 'viewer' } })
    ).json();
    const look = async (waitMs: number) => {
      const { token: secret } = token as { token: string };
      const socket: Socket<LiveEvents, ViewerEvents> = io(`${api.url}${LIVE_NAMESPACE}`, {
        auth: { token: secret },
        forceNew: true,
      });
      socket.on('frame', (_meta, _jpeg, acknowledge) => {
        clock.after(waitMs, () => {
          acknowledge({});
        });
      });
      await socket.emitWithAck('watch', { cameraId: 'well', mode: 'live' });
      return socket;
    };
    const sockets = [await look(0), await look(1000)];
    const found = await untilLimit('well', 'viewer');
    for (const socket of sockets) socket.disconnect();
    expect(found).toMatchObject({ limit: 'viewer', severity: 'notice' });
    expect(valueOf(found, 'viewers')).toBe(2);
    expect(valueOf(found, 'slow viewers')).toBe(1);
    expect(valueOf(found, 'slowest acknowledgement')).toBeGreaterThan(500);
    expect(await untilLimit('well', 'none')).toMatchObject({ limit: 'none' });
  });

  it('inference: none runs, and one that is too slow', async () => {
    await worker?.stop();
    const none = await untilWords('well', /No worker is running/);
    expect(none).toMatchObject({ limit: 'inference', severity: 'critical' });
    worker = startFakeWorker(redis.url, 800);
    expect(await untilWords('well', /The detector looks at/)).toMatchObject({ limit: 'inference' });
    // A worker's own figures need their seconds to settle.
    const parts = async () => (await report()).findings?.map(({ part }) => part);
    await expect.poll(parts, { timeout: PATIENCE_MS }).toContain('inference');
  });

  it('Redis: its answers take long, then do not come, then its memory is full', async () => {
    expect(await untilLimit('well', 'none')).toMatchObject({ limit: 'none' });
    line.delayMs = 150;
    const slow = await untilLimit('well', 'redis');
    expect(slow).toMatchObject({ limit: 'redis', severity: 'warning' });
    expect(valueOf(slow, 'round trip to Redis')).toBeGreaterThan(250);
    line.delayMs = 500;
    expect(await untilWords('well', /does not answer/)).toMatchObject({
      limit: 'redis',
      severity: 'critical',
    });
    line.delayMs = 0;
    expect(await untilLimit('well', 'none')).toMatchObject({ limit: 'none' });
    const filler = connectRedis(redis.url, { name: 'filler' });
    await new Promise((resolve) => filler.once('ready', resolve));
    const block = Buffer.alloc(1024 * 1024);
    for (let count = 0; count < 64; count += 1) {
      await filler.set(`filler:${String(count)}`, block).catch(() => undefined);
    }
    for (let count = 0; count < 4096; count += 1) {
      await filler.set(`small:${String(count)}`, block.subarray(0, 1024)).catch(() => undefined);
    }
    const full = await untilLimit('well', 'redis');
    await filler.flushall();
    filler.disconnect();
    expect(full).toMatchObject({ limit: 'redis', severity: 'critical' });
    expect(full?.headline).toContain('full');
  });

  it('decode: a picture far too large for this machine', async () => {
    const clip = [
      ...['-y', '-loglevel', 'error', '-f', 'lavfi', '-i'],
      'testsrc2=size=3840x2160:rate=60,noise=alls=60:allf=t',
      ...['-frames:v', '20', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18'],
      ...['-pix_fmt', 'yuv420p', join(site.media, 'huge.mp4')],
    ];
    await promisify(execFile)('ffmpeg', clip);
    await add('Huge', { type: 'file', path: 'huge.mp4' }, { captureFps: 60 });
    const found = await untilLimit('huge', 'decode');
    expect(found).toMatchObject({ limit: 'decode' });
    expect(valueOf(found, 'frames captured')).toBeLessThan(54);
    await remove('huge');
  });

  it('disk: the data folder is gone, and the camera goes on', async () => {
    await untilLimit('well', 'none');
    await rm(join(site.root, 'data'), { recursive: true });
    const found = await untilLimit('well', 'disk');
    expect(found).toMatchObject({ limit: 'disk' });
    const { findings } = await report();
    expect(findings).toContainEqual(
      expect.objectContaining({ part: 'disk', severity: 'critical' }),
    );
  });
});
