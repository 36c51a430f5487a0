import type { Source } from '@lookout/contracts';

export type SourceType = Source['type'];

/** Every type of source, for a person, the commonest first. */
export const SOURCE_TYPES: readonly { type: SourceType; name: string; means: string }[] = [
  { type: 'rtsp', name: 'RTSP', means: 'IP camera (RTSP)' },
  { type: 'http', name: 'HTTP', means: 'MJPEG or another stream over HTTP' },
  { type: 'hls', name: 'HLS', means: 'HLS playlist (.m3u8)' },
  { type: 'usb', name: 'USB', means: 'Camera at the server itself (USB)' },
  { type: 'file', name: 'File', means: 'Video file, played in a loop' },
  { type: 'test', name: 'Test', means: 'Generated test picture' },
];

/** A source in short: its type, and where it is. */
export function sourceView(source: Source): { type: string; place: string } {
  const type = SOURCE_TYPES.find((known) => known.type === source.type)?.name ?? source.type;
  switch (source.type) {
    case 'rtsp':
    case 'http':
    case 'hls':
      return { type, place: source.url.replace(/^[a-z]+:\/\/(?:[^/?#]*@)?/i, '') };
    case 'usb':
      return { type, place: source.device };
    case 'file':
      return { type, place: source.path };
    case 'test':
      return { type, place: 'generated' };
  }
}
