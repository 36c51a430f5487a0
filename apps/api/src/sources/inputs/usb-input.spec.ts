import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { newCameraSchema, usbSourceSchema } from '@lookout/contracts';
import { describe, expect, it } from 'vitest';
import { ffmpegArguments } from '../../capture/ffmpeg-arguments.ts';
import { usbInput } from './usb-input.ts';

const run = promisify(execFile);

describe('usbInput', () => {
  it('reads one device, by Video4Linux, and may open nothing else', () => {
    expect(usbInput('/dev/video2', 15)).toEqual({
      options: ['-protocol_whitelist', 'file', '-f', 'v4l2', '-framerate', '15'],
      url: '/dev/video2',
    });
  });

  it.each([
    [0.1, '1'],
    [12.5, '13'],
    [60, '60'],
  ])('asks for a whole number of frames, one at least: %f', (fps, asked) => {
    expect(usbInput('/dev/video0', fps).options.at(-1)).toBe(asked);
  });

  it('leaves the pace to the device', () => {
    const source = { type: 'usb', device: '/dev/video0' };
    const camera = newCameraSchema.parse({ name: 'Desk', source });
    const { inputOptions, input } = ffmpegArguments(camera, usbInput('/dev/video0', 30));
    expect(input).toBe('/dev/video0');
    expect(inputOptions).not.toContain('-re');
    expect(inputOptions).not.toContain('-stream_loop');
  });

  it('is understood by ffmpeg, which only misses the device', async () => {
    const { options, url } = usbInput('/dev/video987', 30);
    const list = ['-nostdin', '-loglevel', 'error', ...options, '-i', url, '-f', 'null', '-'];
    const { stderr } = await run('ffmpeg', list).catch((error: unknown) => {
      return error as { stderr: string };
    });
    expect(stderr).toMatch(/\/dev\/video987: No such file or directory/);
    expect(stderr).not.toMatch(/not found|Unknown|Unrecognized/);
  });
});

describe('a name of a device', () => {
  const accepts = (device: string) => usbSourceSchema.safeParse({ type: 'usb', device }).success;

  it.each([
    '/dev/video0',
    '/dev/video63',
    '/dev/v4l/by-id/usb-046d_HD_Pro_Webcam_C920-video-index0',
    '/dev/v4l/by-path/pci-0000:00:14.0-usb-0:1:1.0-video-index0',
  ])('may be %s', (device) => {
    expect(accepts(device)).toBe(true);
  });

  it.each([
    '',
    'video0',
    '-i',
    '/dev/sda',
    '/dev/video',
    '/dev/video0 -i /etc/passwd',
    '/dev/video0\n',
    '/dev/video0\0',
    '/dev/video0;reboot',
    '/dev/../etc/passwd',
    '/dev/v4l/by-id/../../../etc/passwd',
    '/dev/v4l/by-id/..',
    '/dev/v4l/by-id/-i',
    '/dev/v4l/by-path/$(reboot)',
    'file:/dev/video0',
    'concat:/dev/video0|/etc/passwd',
  ])('may not be %j', (device) => {
    expect(accepts(device)).toBe(false);
  });
});
