import { makeClip, RtspCamera } from '@lookout/test-cameras';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Player } from './player.ts';

let player: Player;
let camera: RtspCamera;

beforeAll(async () => {
  player = await Player.make();
  await makeClip(player.file('sound.mp4'), { codec: 'h264', seconds: 20, sound: true });
  await makeClip(player.file('h265.mp4'), { codec: 'h265', seconds: 6 });
  camera = new RtspCamera('admin:s3cret/', [
    `h264=h264:${player.file('sound.mp4')}`,
    `sound=h264+aac:${player.file('sound.mp4')}`,
    `h265=h265:${player.file('h265.mp4')}`,
  ]);
  await camera.start();
});

afterEach(() => player.stop());

afterAll(async () => {
  await camera.kill();
  await player.remove();
});

const url = (path: string, login = 'admin:s3cret%2F@') =>
  `rtsp://${login}127.0.0.1:${String(camera.port)}/${path}`;

describe('an RTSP camera', () => {
  it.each([
    ['h264', 'tcp'],
    ['h264', 'udp'],
    ['h265', 'tcp'],
    ['sound', 'tcp'],
  ] as const)('plays %s by %s', async (path, transport) => {
    const { frames, enough } = player.play({ type: 'rtsp', url: url(path), transport });
    await enough(30);
    expect(frames.at(-1)).toMatchObject({ width: 640, height: 360 });
  });

  it('is found by its name too', async () => {
    const named = url('h264').replace('127.0.0.1', 'localhost');
    const { enough } = player.play({ type: 'rtsp', url: named, transport: 'tcp' });
    await enough(1);
  });

  it.each([
    ['h264', 'admin:wr0ng%2F@', /refuses this user name or password \(401\)/],
    ['h264', '', /refuses this user name or password \(401\)/],
    ['none', 'admin:s3cret%2F@', /no stream at this address \(404\)/],
  ])('asks for a person: %s of %s', async (path, login, reason) => {
    const { ended } = player.play({ type: 'rtsp', url: url(path, login), transport: 'tcp' });
    const fault = await ended;
    expect(fault.reason).toMatch(reason);
    expect(fault.needsPerson).toBe(true);
    expect(JSON.stringify(fault)).not.toMatch(/wr0ng|s3cret/);
  });

  it('says that it went, and plays again when it is back', async () => {
    const { ended, enough } = player.play({ type: 'rtsp', url: url('h264'), transport: 'tcp' });
    await enough(5);
    await camera.kill();
    expect(await ended).toMatchObject({ needsPerson: false });
    const away = await player.play({ type: 'rtsp', url: url('h264'), transport: 'tcp' }).ended;
    expect(away).toMatchObject({
      reason: 'Nobody listens at this address (Connection refused)',
      needsPerson: false,
    });
    await camera.start();
    await player.play({ type: 'rtsp', url: url('h264'), transport: 'tcp' }).enough(5);
  });
});
