import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Player } from './player.ts';

let player: Player;
let maker: ChildProcess;
let server: Server;

beforeAll(async () => {
  player = await Player.make();
  const folder = player.file('hls');
  await mkdir(folder);
  maker = spawn(
    'ffmpeg',
    [
      ...['-nostdin', '-loglevel', 'error', '-re', '-f', 'lavfi'],
      ...['-i', 'testsrc2=size=320x180:rate=25', '-f', 'lavfi', '-i', 'sine'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p'],
      ...['-c:a', 'aac', '-f', 'hls', '-hls_time', '1', '-hls_list_size', '5'],
      ...['-hls_flags', 'delete_segments+temp_file', join(folder, 'index.m3u8')],
    ],
    { stdio: 'inherit' },
  );
  server = createServer((request, response) => {
    if (request.url === '/away.m3u8') {
      const playlist = '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd.ts\n';
      response.end(`${playlist}#EXT-X-ENDLIST\n`);
      return;
    }
    readFile(join(folder, basename(request.url ?? ''))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listed = async () => {
    const text = await readFile(join(folder, 'index.m3u8'), 'utf8').catch(() => '');
    return text.split('#EXTINF').length > 3;
  };
  while (!(await listed())) await sleep(hostClock(), 100);
});

afterAll(async () => {
  const gone = once(maker, 'exit');
  maker.kill('SIGKILL');
  await gone;
  await player.remove();
  server.closeAllConnections();
  server.close();
});

const url = (name: string) =>
  `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/${name}`;

describe('an HLS camera', () => {
  it('plays across segments, evenly', async () => {
    const { frames, enough } = player.play({ type: 'hls', url: url('index.m3u8') });
    await enough(75);
    expect(frames[0]).toMatchObject({ width: 320, height: 180 });
    const seconds = ((frames[74]?.at ?? 0) - (frames[0]?.at ?? 0)) / 1000;
    // Three seconds of pictures; as segments come they would be there in bursts.
    expect(seconds).toBeGreaterThan(2);
  });

  it('does not follow a playlist to a file of this machine', async () => {
    const { frames, ended } = player.play({ type: 'hls', url: url('away.m3u8') });
    await ended;
    expect(frames).toHaveLength(0);
  });
});
