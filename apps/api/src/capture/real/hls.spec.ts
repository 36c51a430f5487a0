import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HlsCamera } from './hls-camera.ts';
import { Player } from './player.ts';

let player: Player;
let camera: HlsCamera;

beforeAll(async () => {
  player = await Player.make();
  camera = await HlsCamera.start(player.file('hls'));
});

afterAll(async () => {
  await player.stop();
  await camera.stop();
  await player.remove();
});

describe('an HLS camera', () => {
  it('plays across segments, evenly', async () => {
    const { frames, enough } = player.play({ type: 'hls', url: camera.url('index.m3u8') });
    await enough(75);
    expect(frames[0]).toMatchObject({ width: 320, height: 180 });
    const seconds = ((frames[74]?.at ?? 0) - (frames[0]?.at ?? 0)) / 1000;
    // Three seconds of pictures; as segments come they would be there in bursts.
    expect(seconds).toBeGreaterThan(2);
  });

  it('does not follow a playlist to a file of this machine', async () => {
    const { frames, ended } = player.play({ type: 'hls', url: camera.url('away.m3u8') });
    await ended;
    expect(frames).toHaveLength(0);
  });
});
