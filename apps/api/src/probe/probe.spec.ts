import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ProbeResult } from '@lookout/contracts';
import { HttpCamera, makeClip, makeJpegs, mjpeg, RtspCamera } from '@lookout/test-cameras';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HlsCamera } from '../capture/real/hls-camera.ts';
import { makeSite, type RunningApi, type Site, startApi } from '../running-api.ts';

let site: Site;
let api: RunningApi;
let camera: RtspCamera;
let http: HttpCamera;
let hls: HlsCamera;
let silent: Server;
let temporary: string;

beforeAll(async () => {
  site = await makeSite();
  // Of its own: other tests probe at the same time.
  temporary = join(site.root, 'tmp');
  await mkdir(temporary);
  vi.stubEnv('TMPDIR', temporary);
  const file = (name: string) => join(site.media, name);
  await makeClip(file('sound.mp4'), { codec: 'h264', seconds: 20, sound: true });
  await makeClip(file('h265.mp4'), { codec: 'h265', seconds: 20 });
  await makeClip(file('hard.mp4'), {
    ...{ codec: 'h264', seconds: 6, size: '1920x1080', keyEvery: 1000, pixels: 'yuv444p' },
  });
  camera = new RtspCamera('admin:s3cret/', [
    `h264=h264+aac:${file('sound.mp4')}`,
    `h265=h265:${file('h265.mp4')}`,
  ]);
  await camera.start();
  await makeJpegs(join(site.root, 'picture-%d.jpg'), '320x240', 1);
  http = await HttpCamera.start({
    '/mjpeg': mjpeg([await readFile(join(site.root, 'picture-1.jpg'))], 20),
  });
  hls = await HlsCamera.start(join(site.root, 'hls'));
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  api = await startApi(site);
});

afterAll(async () => {
  await api.stop();
  await camera.kill();
  await http.stop();
  await hls.stop();
  silent.close();
  vi.unstubAllEnvs();
  await site.remove();
});

const ask = (source: unknown) => api.call('POST', '/api/v1/cameras/probe', { body: { source } });

async function probe(source: unknown): Promise<ProbeResult> {
  const answer = await ask(source);
  expect(answer.status).toBe(200);
  return (await answer.json()) as ProbeResult;
}

const rtsp = (path: string, password = 's3cret%2F') => ({
  ...{ type: 'rtsp', url: `rtsp://admin:${password}@127.0.0.1:${String(camera.port)}/${path}` },
});

const quiet = () => `127.0.0.1:${String((silent.address() as AddressInfo).port)}/x`;

describe('a probe', () => {
  it('shows codec, size, rate, sound and a picture', async () => {
    const { jpegBase64, fps, ...result } = await probe(rtsp('h264'));
    expect(result).toEqual({
      ...{ ok: true, codec: 'h264', width: 640, height: 360, audio: true, advice: [], error: null },
    });
    expect(fps).toBeGreaterThan(20);
    expect(fps).toBeLessThan(30);
    const picture = await sharp(Buffer.from(jpegBase64 ?? '', 'base64')).metadata();
    expect(picture).toMatchObject({ format: 'jpeg', width: 640, height: 360 });
  });

  it('knows H.265', async () => {
    expect(await probe(rtsp('h265'))).toMatchObject({ ok: true, codec: 'hevc', audio: false });
  });

  it('shows MJPEG by HTTP, at the rate at which it comes', async () => {
    const { jpegBase64, fps, ...result } = await probe({ type: 'http', url: http.url('/mjpeg') });
    expect(result).toMatchObject({ ok: true, codec: 'mjpeg', width: 320, height: 240 });
    expect(result).toMatchObject({ audio: false, error: null });
    expect(fps).toBeGreaterThan(14);
    expect(fps).toBeLessThan(24);
    const picture = await sharp(Buffer.from(jpegBase64 ?? '', 'base64')).metadata();
    expect(picture).toMatchObject({ format: 'jpeg', width: 320, height: 240 });
  });

  it('shows HLS, and says that it has sound', async () => {
    const { jpegBase64, ...result } = await probe({ type: 'hls', url: hls.url('index.m3u8') });
    expect(result).toMatchObject({ ok: true, codec: 'h264', width: 320, height: 180 });
    expect(result).toMatchObject({ audio: true, error: null });
    const picture = await sharp(Buffer.from(jpegBase64 ?? '', 'base64')).metadata();
    expect(picture).toMatchObject({ format: 'jpeg', width: 320, height: 180 });
  });

  it('advises on what is hard to play', async () => {
    const { ok, advice } = await probe({ type: 'file', path: 'hard.mp4' });
    expect(ok).toBe(true);
    expect(advice).toHaveLength(3);
    expect(advice[0]).toMatch(/second stream/);
    expect(advice[1]).toMatch(/Key frames are more than 4 s apart/);
    expect(advice[2]).toMatch(/4:4:4/);
  });

  it('works for a generated picture', async () => {
    expect(await probe({ type: 'test' })).toMatchObject({ ok: true, width: 640, height: 360 });
  });

  it('says what is wrong, without the password', async () => {
    const wrong = await probe(rtsp('h264', 'wr0ng'));
    expect(wrong).toMatchObject({ ok: false, jpegBase64: null });
    expect(wrong.error).toMatch(/user name or password \(401\)/);
    expect(JSON.stringify(wrong)).not.toContain('wr0ng');
    const missing = await probe({ type: 'file', path: 'none.mp4' });
    expect(missing.error).toBe('There is no file "none.mp4"');
    const unplugged = await probe({ type: 'usb', device: '/dev/video99' });
    expect(unplugged.error).toMatch(/is it plugged in/);
  });

  it.each(['rtsp', 'http', 'hls'])(
    'answers within 10 s for %s that never answers',
    async (type) => {
      const before = performance.now();
      const { ok, error } = await probe({
        type,
        url: `${type === 'rtsp' ? type : 'http'}://${quiet()}`,
      });
      expect({ ok, error }).toEqual({ ok: false, error: 'The camera does not answer (timed out)' });
      expect(performance.now() - before).toBeLessThan(10_000);
    },
  );

  it('refuses what no camera may be', async () => {
    for (const url of [
      'rtsp://169.254.169.254/x',
      'rtsp://a:***@127.0.0.1/x',
      'http://127.0.0.1/',
    ]) {
      const answer = await ask({ type: 'rtsp', url });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ path: 'source.url' }] });
    }
    expect((await ask({ type: 'file', path: '../secret' })).status).toBe(400);
  });

  it('uses the credentials of the camera that it is asked for, at its own host alone', async () => {
    const { url } = rtsp('h264');
    const shown = url.replace('s3cret%2F', '***');
    const body = { name: 'Yard', enabled: false, source: { type: 'rtsp', url } };
    expect((await api.call('POST', '/api/v1/cameras', { body })).status).toBe(201);
    const askAbout = (url: string, cameraId = 'yard') =>
      api.call('POST', '/api/v1/cameras/probe', {
        body: { cameraId, source: { type: 'rtsp', url } },
      });
    const answer = await askAbout(shown.replace('/h264', '/h265'));
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ ok: true, codec: 'hevc' });
    expect(text).not.toContain('s3cret');
    for (const elsewhere of [
      shown.replace('127.0.0.1', '127.0.0.2'),
      shown.replace(/:\d+\//, ':1/'),
      shown.replace('rtsp:', 'rtsps:'),
      shown.replace('admin', 'root'),
    ]) {
      const refused = await askAbout(elsewhere);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ errors: [{ path: 'source.url' }] });
    }
    expect((await askAbout(shown, 'none')).status).toBe(404);
  });

  it('looks at no more than a few at once, and leaves nothing behind', async () => {
    const source = { type: 'http', url: `http://${quiet()}` };
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(() => ask(source)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429]);
    const left = (await readdir(temporary)).filter((name) => name.startsWith('lookout-probe-'));
    expect(left).toEqual([]);
  });
});
