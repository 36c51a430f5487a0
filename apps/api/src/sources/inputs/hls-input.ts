import { type FfmpegInput, SILENCE_US } from './ffmpeg-input.ts';

/**
 * A live HLS playlist, from the last but one segment on: the newest may not be followed in time.
 * @param proxy - the egress proxy, the only way out
 */
export function hlsInput(url: string, proxy: string): FfmpegInput {
  return {
    options: [
      ...['-protocol_whitelist', 'hls,http,https,tls,tcp,httpproxy,crypto', '-http_proxy', proxy],
      ...['-rw_timeout', SILENCE_US, '-live_start_index', '-2'],
      // A connection for each segment, so that each is checked and none is kept for another host.
      ...['-http_persistent', '0', '-http_multiple', '0'],
      ...['-probesize', '1000000', '-analyzeduration', '1500000', '-f', 'hls'],
    ],
    url,
  };
}

/** Segments come in bursts; their pictures are spread over the time that they took. */
export const SPREAD: readonly string[] = ['-re'];
