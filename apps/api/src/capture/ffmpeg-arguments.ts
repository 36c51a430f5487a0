import type { FrameSettings, Source } from '@lookout/contracts';
import type { FfmpegInput } from '../sources/inputs/ffmpeg-input.ts';
import { LOOPED } from '../sources/inputs/file-input.ts';
import { SPREAD } from '../sources/inputs/hls-input.ts';
import type { CaptureSettings } from './frame-source.ts';

/** How to call ffmpeg for a camera. */
export interface FfmpegArguments {
  readonly inputOptions: readonly string[];
  readonly input: string;
  readonly outputOptions: readonly string[];
}

/** In a capture period; more than 2, so that a source of just twice the rate passes whole. */
const SLOTS = 2.5;

/** @param input - where the camera's pictures come from, checked */
export function ffmpegArguments(
  { source, captureFps, frame }: CaptureSettings,
  input: FfmpegInput,
): FfmpegArguments {
  return {
    inputOptions: [
      ...['-nostdin', '-loglevel', 'level+warning'],
      // A picture that changes its size would be squeezed into the first one's; it is told of instead.
      ...['-reinit_filter', '0'],
      // Two threads keep up with 1080p; more would only take the processor from the detector.
      ...['-threads', '2', '-an', '-sn', '-dn'],
      ...paceOf(source),
      ...input.options,
    ],
    input: input.url,
    outputOptions: [
      ...['-map', '0:v:0', '-filter_threads', '1', '-threads', '1'],
      ...['-vf', [...enough(source, captureFps), sized(frame.width), 'setpts=N'].join(',')],
      // The encoder refuses two pictures of one moment, which a burst brings: they are numbered
      // instead, in a base of time that keeps the numbers apart. The output holds no times.
      ...['-enc_time_base', '1:1000000'],
      // Frames go as they come: none made up, none left out, none held back.
      ...['-fps_mode', 'passthrough', '-flush_packets', '1'],
      ...['-c:v', 'mjpeg', '-q:v', String(quantizer(frame.quality)), '-f', 'mpjpeg'],
    ],
  };
}

/** A camera keeps its own pace; what is stored is read at the pace at which it was made. */
function paceOf({ type }: Source): readonly string[] {
  switch (type) {
    case 'file':
      return LOOPED;
    case 'hls':
      return SPREAD;
    case 'test':
      return ['-re'];
    case 'rtsp':
      return ['-allowed_media_types', 'video'];
    case 'http':
    case 'usb':
      return [];
  }
}

/**
 * Spares much faster sources the encoding: of each slot of time the first frame passes. Slots are
 * much shorter than a capture period, since slots of just that length would cut into a source whose
 * own rate is only just above the wanted one; the pacer behind it does the exact thinning.
 */
function enough({ type }: Source, captureFps: number): string[] {
  // The times of MJPEG are whole 25ths of a second, too coarse for short slots.
  if (type === 'http' && SLOTS * captureFps >= 25) return [];
  const slot = (time: string) => `floor(${time}*${String(SLOTS * captureFps)})`;
  // A clock that jumps back must not stop the picture, so any other slot will do, not only a later one.
  return [`select='isnan(prev_selected_t)+not(eq(${slot('t')},${slot('prev_selected_t')}))'`];
}

/** Never larger than the source, square pixels, even height. */
function sized(width: number): string {
  const scale = `scale=w='trunc(min(${String(width)},iw)/2)*2':h='max(2,round(ow/dar/2)*2)'`;
  return `${scale}:flags=bilinear,setsar=1,format=yuvj420p`;
}

/**
 * ffmpeg's quantizer for a JPEG quality from 1 to 100. Its matrix at 8 is about 57 % of the one that
 * libjpeg scales for quality 50.
 */
function quantizer(quality: FrameSettings['quality']): number {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return Math.min(31, Math.max(2, Math.round((8 * percent) / 57)));
}
