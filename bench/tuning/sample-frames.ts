import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** As many are taken of the clip, a second apart. */
const FRAMES = 24;

/** How frames are made of the clip. */
export interface FrameFormat {
  readonly width: number;
  /** ffmpeg's, 1 (best) to 31. */
  readonly quantizer: number;
}

/** Frames of the clip as the capture makes them: scaled to the width, larger than life if need be. */
export async function sampleFrames(
  clip: string,
  { width, quantizer }: FrameFormat,
): Promise<Buffer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-frames-'));
  try {
    const scale = `fps=1,scale=${String(width)}:-2:flags=bilinear,format=yuvj420p`;
    const quality = ['-c:v', 'mjpeg', '-qmin', '1', '-q:v', String(quantizer)];
    await promisify(execFile)('ffmpeg', [
      ...['-v', 'error', '-nostdin', '-i', clip, '-vf', scale],
      ...['-frames:v', String(FRAMES), ...quality, join(folder, '%04d.jpg')],
    ]);
    const names = (await readdir(folder)).toSorted();
    return await Promise.all(names.map((name) => readFile(join(folder, name))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Width of the clip's pictures. */
export async function widthOf(clip: string): Promise<number> {
  const show = ['-select_streams', 'v:0', '-show_entries', 'stream=width', '-of', 'csv=p=0'];
  const { stdout } = await promisify(execFile)('ffprobe', ['-v', 'error', ...show, clip]);
  return Number.parseInt(stdout, 10);
}
