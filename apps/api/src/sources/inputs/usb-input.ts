import type { FfmpegInput } from './ffmpeg-input.ts';

/**
 * A camera at this machine.
 * @param device - absolute path of a video device
 * @param fps - asked of the device, which takes the nearest that it can
 */
export function usbInput(device: string, fps: number): FfmpegInput {
  const rate = String(Math.max(1, Math.round(fps)));
  return {
    options: ['-protocol_whitelist', 'file', '-f', 'v4l2', '-framerate', rate],
    url: device,
  };
}
