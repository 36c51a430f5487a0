import type { FfmpegInput } from './ffmpeg-input.ts';

/** Containers and bare video by ffmpeg's names: none of them is a list of other files. */
const FORMATS =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,flv,asf,ogg,mxf,nut,ivf,dv,' +
  'h264,hevc,av1,mjpeg,mpjpeg,gif';

/**
 * A file and nothing but this very file: a playlist must not lead elsewhere.
 * @param file - absolute path, links resolved
 */
export function fileInput(file: string): FfmpegInput {
  const options = ['-protocol_whitelist', 'file', '-format_whitelist', FORMATS, '-sn', '-dn'];
  return { options, url: `file:${file}` };
}

/** In real time, again and again. */
export const LOOPED: readonly string[] = ['-re', '-stream_loop', '-1'];
