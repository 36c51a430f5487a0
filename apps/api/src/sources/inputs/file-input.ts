import type { FfmpegInput } from './ffmpeg-input.ts';

/**
 * A file and nothing but this very file: a playlist must not lead elsewhere.
 * @param file - absolute path, links resolved
 */
export function fileInput(file: string): FfmpegInput {
  return { options: ['-protocol_whitelist', 'file', '-sn', '-dn'], url: `file:${file}` };
}

/** In real time, again and again. */
export const LOOPED: readonly string[] = ['-re', '-stream_loop', '-1'];
