import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';

/** A live HLS playlist with sound, 320x180 at 25 pictures a second, made by ffmpeg as a test runs. */
export class HlsCamera {
  readonly #maker: ChildProcess;
  readonly #server: Server;

  private constructor(maker: ChildProcess, server: Server) {
    this.#maker = maker;
    this.#server = server;
  }

  /**
   * Resolves when there is something to play.
   * @param folder - for its segments; made here
   */
  static async start(folder: string): Promise<HlsCamera> {
    await mkdir(folder, { recursive: true });
    const maker = spawn(
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
    const server = createServer((request, response) => {
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
    return new HlsCamera(maker, server);
  }

  /** @param name - `index.m3u8`, or `away.m3u8`, which leads to a file of this machine */
  url(name: string): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/${name}`;
  }

  async stop(): Promise<void> {
    const gone = once(this.#maker, 'exit');
    this.#maker.kill('SIGKILL');
    await gone;
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
