import { type FfmpegInput, QUICK_START, SILENCE_US } from './ffmpeg-input.ts';

/**
 * MJPEG or another stream from an HTTP address. It is read as fast as it comes: a pace of our own
 * would let a camera that is faster than it says run ever later.
 * @param proxy - the egress proxy, the only way out
 */
export function httpInput(url: string, proxy: string): FfmpegInput {
  return {
    options: [
      ...['-protocol_whitelist', 'http,https,tls,tcp,httpproxy', '-http_proxy', proxy],
      ...['-rw_timeout', SILENCE_US, ...QUICK_START],
      // MJPEG carries no time, and ffmpeg would take 25 pictures a second for granted.
      ...['-use_wallclock_as_timestamps', '1'],
    ],
    url,
  };
}
