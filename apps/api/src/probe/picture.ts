import { run } from './recording.ts';

/** The first whole picture of a recording as a JPEG, at most 640 pixels wide; `null` for none. */
export async function pictureOf(file: string, limitMs: number): Promise<Buffer | null> {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-nostdin', '-loglevel', 'error', '-skip_frame', 'nokey', '-i', `file:${file}`],
      ...['-map', '0:v:0', '-frames:v', '1'],
      ...['-vf', "scale=w='trunc(min(640,iw)/2)*2':h='max(2,round(ow/dar/2)*2)',format=yuvj420p"],
      ...['-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2pipe', 'pipe:1'],
    ],
    limitMs,
  );
  return stdout.length === 0 ? null : stdout;
}
