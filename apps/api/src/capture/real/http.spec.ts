import { readFile } from 'node:fs/promises';
import { bytes, HttpCamera, makeClip, makeJpegs, mjpeg } from '@lookout/test-cameras';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Player } from './player.ts';

let player: Player;
let camera: HttpCamera;
const sentAt: number[] = [];

async function pictures(name: string, size: string, count: number): Promise<Buffer[]> {
  await makeJpegs(player.file(`${name}-%d.jpg`), size, count);
  const files = Array.from({ length: count }, (_, index) => `${name}-${String(index + 1)}.jpg`);
  return Promise.all(files.map((file) => readFile(player.file(file))));
}

function cut(whole: Buffer, size: number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
  return chunks;
}

function medianGap(times: readonly number[]): number {
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
  return gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? Number.NaN;
}

beforeAll(async () => {
  player = await Player.make();
  const small = await pictures('small', '320x240', 20);
  const large = await pictures('large', '640x360', 1);
  const clips: Buffer[] = [];
  for (const size of ['320x240', '640x360']) {
    const file = player.file(`${size}.ts`);
    await makeClip(file, { codec: 'h264', size, seconds: 2, sound: true });
    clips.push(await readFile(file));
  }
  const password = `Basic ${Buffer.from('admin:s3cret/').toString('base64')}`;
  const noise = Buffer.alloc(200_000, 'no picture at all ');
  camera = await HttpCamera.start({
    '/mjpeg': mjpeg(small, 40, () => sentAt.push(performance.now())),
    '/grows': mjpeg([...small, ...large], 20),
    '/ts': bytes(cut(Buffer.concat(clips), 20_000), 40, 'video/mp2t'),
    '/garbage': bytes(cut(noise, 20_000), 20, 'video/mp2t'),
    '/mixed': mjpeg([...small.slice(0, 5), noise, noise.subarray(0, 10), ...small], 20),
    '/silent': () => undefined,
    '/locked': (response, authorization) => {
      if (authorization === password) return mjpeg(small, 20)(response, authorization);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end();
      return undefined;
    },
    '/moved': (response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    },
    '/file': (response) => {
      response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    },
  });
});

afterEach(() => player.stop());

afterAll(async () => {
  await camera.stop();
  await player.remove();
});

const play = (path: string, login?: string) =>
  player.play({ type: 'http', url: camera.url(path, login) });

describe('an HTTP camera', () => {
  it('plays MJPEG at the pace at which it comes', async () => {
    const { frames, enough } = play('/mjpeg');
    await enough(100);
    expect(frames[0]).toMatchObject({ width: 320, height: 240 });
    const times = frames.slice(19, 100).map(({ at }) => at);
    // Pictures come every 25 ms: at the pace that ffmpeg takes for granted it would be 40.
    expect(medianGap(times)).toBeLessThan(1.3 * medianGap(sentAt));
  });

  it('plays a transport stream of H.264 with sound', async () => {
    const { frames, enough } = play('/ts');
    await enough(20);
    expect(frames[0]).toMatchObject({ width: 320, height: 240 });
  });

  it.each(['/grows', '/ts'])('is begun anew when its size changes: %s', async (path) => {
    const { frames, ended } = play(path);
    expect(await ended).toEqual({ reason: 'The picture changed its size', needsPerson: false });
    const sizes = new Set(frames.map(({ width, height }) => `${String(width)}x${String(height)}`));
    expect([...sizes]).toEqual(['320x240']);
  });

  it('goes on after garbage between pictures', async () => {
    await play('/mixed').enough(15);
  });

  it('says that garbage is no video', async () => {
    const fault = await play('/garbage').ended;
    expect(fault.needsPerson).toBe(true);
    expect(fault.reason).toMatch(/no video/);
  });

  it('signs in, and says when that fails', async () => {
    await play('/locked', 'admin:s3cret%2F@').enough(2);
    const fault = await play('/locked', 'admin:wr0ng@').ended;
    expect(fault).toMatchObject({ needsPerson: true, retryAfterMs: 60_000 });
    expect(fault.reason).toMatch(/user name or password \(401\)/);
  });

  it('says when nothing is there', async () => {
    expect((await play('/nothing').ended).reason).toMatch(/no stream at this address \(404\)/);
    const closed = player.play({ type: 'http', url: 'http://127.0.0.1:1/' });
    expect(await closed.ended).toEqual({
      reason: 'Nobody listens at this address (Connection refused)',
      needsPerson: false,
    });
  });

  it('gives up one that never answers', async () => {
    const fault = await play('/silent').ended;
    expect(fault).toEqual({
      reason: 'The camera does not answer (timed out)',
      needsPerson: false,
    });
  });

  it('does not go where a redirect may not lead', async () => {
    const fault = await play('/moved').ended;
    expect(fault.needsPerson).toBe(true);
    expect(fault.reason).toMatch(/169\.254\.169\.254 is a link-local/);
    const file = await play('/file').ended;
    expect(file.reason).toMatch(/may not read|Invalid argument/);
  });
});
