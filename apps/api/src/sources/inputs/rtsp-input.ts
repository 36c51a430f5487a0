import type { Source } from '@lookout/contracts';
import { type FfmpegInput, QUICK_START, SILENCE_US } from './ffmpeg-input.ts';

type RtspSource = Extract<Source, { type: 'rtsp' }>;

/**
 * An RTSP camera at an address that was checked.
 * @param address - IP address of the host in `source.url`; ffmpeg is given this one, so that it
 *   cannot resolve the name to another
 */
export function rtspInput({ url, transport }: RtspSource, address: string): FfmpegInput {
  const secure = /^rtsps:/i.test(url);
  return {
    options: [
      ...['-protocol_whitelist', secure ? 'rtsp,rtp,udp,tcp,tls' : 'rtsp,rtp,udp,tcp'],
      ...['-rtsp_transport', transport, '-timeout', SILENCE_US],
      ...QUICK_START,
      ...['-f', 'rtsp'],
    ],
    url: withHost(url, address),
  };
}

/** The part of the address from the scheme to the host, as ffmpeg reads it: to the last "@". */
const BEFORE_HOST = /^[a-z]+:\/\/(?:[^/?#]*@)?/i;

function withHost(url: string, address: string): string {
  const before = BEFORE_HOST.exec(url)?.[0] ?? '';
  const after = url.slice(before.length).replace(/^(?:\[[^\]]*\]|[^:/?#]*)/, '');
  const host = address.includes(':') ? `[${address}]` : address;
  // The path begins with "/" for ffmpeg too.
  return `${before}${host}${after}`;
}
