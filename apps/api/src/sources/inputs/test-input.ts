import type { FfmpegInput } from './ffmpeg-input.ts';

/** A generated picture, 16:9. */
export function testInput(width: number, fps: number): FfmpegInput {
  const height = Math.round((width * 9) / 16 / 2) * 2;
  const size = `${String(width)}x${String(height)}`;
  return { options: ['-f', 'lavfi'], url: `testsrc2=size=${size}:rate=${String(fps)}` };
}
