import { run } from './recording.ts';

/** What came of looking for a picture. */
export interface Picture {
  /** The first whole one as a JPEG, at most 640 pixels wide; `null` for none. */
  readonly jpeg: Buffer | null;
  /** Whether the time was over before it was decoded. */
  readonly late: boolean;
}

/** Looks for a picture in a recording. */
export async function pictureOf(file: string, limitMs: number): Promise<Picture> {
  const { stdout, late } = await run(
    'ffmpeg',
    [
      ...['-nostdin', '-loglevel', 'error', '-skip_frame', 'nokey', '-i', `file:${file}`],
      ...['-map', '0:v:0', '-frames:v', '1'],
      ...['-vf', "scale=w='trunc(min(640,iw)/2)*2':h='max(2,round(ow/dar/2)*2)',format=yuvj420p"],
      ...['-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2pipe', 'pipe:1'],
    ],
    limitMs,
  );
  return { jpeg: stdout.length === 0 ? null : stdout, late };
}
