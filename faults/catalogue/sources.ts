import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpCamera, makeClip, makeJpegs, RtspCamera } from '@lookout/test-cameras';
import type { Fault } from '../scene/fault.ts';

const GONE_MS = 3000;
const FPS = 10;

/** What an HTTP camera sends now. */
type Mood = 'whole' | 'cut' | 'corrupt';

/** Cameras that stand in the network, made when a fault first needs them. */
class Network {
  mood: Mood = 'whole';
  #rtsp: RtspCamera | undefined;
  #http: HttpCamera | undefined;

  async rtsp(): Promise<RtspCamera> {
    if (this.#rtsp === undefined) {
      const folder = await mkdtemp(join(tmpdir(), 'lookout-camera-'));
      const clip = join(folder, 'clip.mp4');
      await makeClip(clip, { codec: 'h264', seconds: 600, size: '320x180' });
      this.#rtsp = new RtspCamera('', [`stream=h264:${clip}`]);
      process.once('exit', () => {
        void this.#rtsp?.kill();
        rmSync(folder, { recursive: true, force: true });
      });
      await this.#rtsp.start();
      this.#folders.push(folder);
    }
    return this.#rtsp;
  }

  async http(): Promise<HttpCamera> {
    if (this.#http === undefined) {
      const folder = await mkdtemp(join(tmpdir(), 'lookout-camera-'));
      await makeJpegs(join(folder, '%d.jpg'), '480x270', FPS);
      const names = Array.from({ length: FPS }, (_, index) => `${String(index + 1)}.jpg`);
      const pictures = await Promise.all(names.map((name) => readFile(join(folder, name))));
      await rm(folder, { recursive: true });
      this.#http = await HttpCamera.start({
        '/video.mjpg': (response) => this.#send(response, pictures),
      });
    }
    return this.#http;
  }

  readonly #folders: string[] = [];

  async close(): Promise<void> {
    await this.#rtsp?.kill();
    await this.#http?.stop();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }

  #send(response: ServerResponse, pictures: readonly Buffer[]): () => void {
    response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' });
    let sent = 0;
    const timer = setInterval(() => {
      const picture = pictures[sent % pictures.length] ?? Buffer.alloc(0);
      sent += 1;
      const length = String(picture.length);
      response.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${length}\r\n\r\n`);
      if (this.mood === 'cut') {
        this.mood = 'whole';
        response.write(picture.subarray(0, picture.length >> 1), () => response.destroy());
        return;
      }
      response.write(this.mood === 'corrupt' ? spoilt(picture, sent) : picture);
      response.write('\r\n');
    }, 1000 / FPS);
    return () => {
      clearInterval(timer);
    };
  }
}

/** By turns without its tables, and with noise for its second half. */
function spoilt(picture: Buffer, turn: number): Buffer {
  const copy = Buffer.from(picture);
  if (turn % 2 === 0) return copy.fill(0, 2, copy.length - 2);
  for (let at = copy.length >> 1; at < copy.length - 2; at += 1) copy[at] = (at * 7919) % 251;
  return copy;
}

const network = new Network();

/** Ends the cameras in the network. */
export function closeNetwork(): Promise<void> {
  return network.close();
}

async function httpSource() {
  return { type: 'http', url: (await network.http()).url('/video.mjpg') } as const;
}

/** Faults of what is at the other end of the cable. */
export const sourceFaults: readonly Fault[] = [
  {
    name: 'rtsp-gone',
    about: 'the RTSP server is gone, and back after 3 s',
    house: 'own',
    hits: 'picture',
    spares: 'all',
    async source() {
      const url = `rtsp://127.0.0.1:${String((await network.rtsp()).port)}/stream`;
      return { type: 'rtsp', url, transport: 'tcp' };
    },
    async play(scene) {
      const camera = await network.rtsp();
      await scene.strike(() => camera.kill());
      await scene.last(GONE_MS);
      await scene.mend(() => camera.start());
    },
  },
  {
    name: 'stream-cut',
    about: 'an HTTP stream is cut inside a frame',
    house: 'own',
    hits: 'moment',
    spares: 'all',
    source: httpSource,
    async play(scene) {
      await scene.strike(() => {
        network.mood = 'cut';
      });
      const noticed = await scene.until(({ struck }) => struck?.state === 'reconnecting', GONE_MS);
      scene.claim('the cut is noticed', noticed);
    },
  },
  {
    name: 'jpeg-corrupt',
    about: 'an HTTP camera sends broken JPEGs for 3 s',
    house: 'own',
    hits: 'moment',
    spares: 'all',
    source: httpSource,
    async play(scene) {
      await scene.strike(() => {
        network.mood = 'corrupt';
      });
      await scene.last(GONE_MS);
      await scene.mend(() => {
        network.mood = 'whole';
      });
    },
  },
];
