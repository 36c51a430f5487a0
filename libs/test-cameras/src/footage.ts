import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const ENCODERS = {
  h264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency'],
  h265: [
    '-c:v',
    'libx265',
    '-preset',
    'ultrafast',
    '-tag:v',
    'hvc1',
    '-x265-params',
    'log-level=error',
  ],
};

/** What a clip is made of. */
export interface Footage {
  readonly codec: keyof typeof ENCODERS;
  /** As "640x360". */
  readonly size?: string;
  readonly seconds: number;
  readonly sound?: boolean;
  /** Pictures from one key frame to the next, of 25 a second. */
  readonly keyEvery?: number;
  readonly pixels?: string;
}

/** Makes a clip of 25 pictures a second; the name of the file decides the container. */
export async function makeClip(file: string, footage: Footage): Promise<void> {
  const { codec, size = '640x360', seconds, sound = false, keyEvery = 25 } = footage;
  const duration = String(seconds);
  await run('ffmpeg', [
    ...['-y', '-loglevel', 'error'],
    ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:duration=${duration}`],
    ...(sound ? ['-f', 'lavfi', '-i', `sine=duration=${duration}`, '-c:a', 'aac'] : []),
    ...[...ENCODERS[codec], '-g', String(keyEvery), '-pix_fmt', footage.pixels ?? 'yuv420p', file],
  ]);
}

/** Makes single pictures. */
export async function makeJpegs(pattern: string, size: string, count: number): Promise<void> {
  const input = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25`];
  await run('ffmpeg', ['-y', '-loglevel', 'error', ...input, '-frames:v', String(count), pattern]);
}
