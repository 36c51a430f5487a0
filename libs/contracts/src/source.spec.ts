import { describe, expect, it } from 'vitest';
import { sourceSchema } from './source.ts';

describe('sourceSchema', () => {
  it.each([
    { type: 'rtsp', url: 'rtsp://user:p%20w@10.0.0.5:554/a?b=c&d=***' },
    { type: 'rtsp', url: 'RTSPS://[fd00::5]/stream', transport: 'udp' },
    { type: 'http', url: 'https://camera.example/video.mjpg' },
    { type: 'hls', url: 'http://user:***@10.0.0.5/index.m3u8' },
    { type: 'usb', device: '/dev/video0' },
    { type: 'usb', device: '/dev/v4l/by-id/usb-046d_HD_Pro-video-index0' },
  ])('takes %j', (source) => {
    expect(sourceSchema.safeParse(source).success).toBe(true);
  });

  it('goes by TCP where nothing else is said', () => {
    expect(sourceSchema.parse({ type: 'rtsp', url: 'rtsp://h/s' })).toMatchObject({
      transport: 'tcp',
    });
  });

  it.each([
    { type: 'rtsp', url: 'http://10.0.0.5/stream' },
    { type: 'http', url: 'file:///etc/passwd' },
    { type: 'http', url: 'concat:http://a|http://b' },
    { type: 'http', url: 'http://' },
    { type: 'http', url: 'http:///path' },
    { type: 'http', url: 'http://a b/' },
    { type: 'http', url: 'http://a/\n-i /etc/passwd' },
    { type: 'http', url: 'http://a/\u0000' },
    { type: 'http', url: 'http://a/"x' },
    { type: 'http', url: 'http://a\\@169.254.169.254/' },
    { type: 'http', url: `http://a/${'x'.repeat(3000)}` },
    { type: 'http', url: 'http://a:99999/' },
    { type: 'rtsp', url: 'rtsp://h/s', transport: 'udp -i x' },
    { type: 'rtsp', url: 'rtsp://h/s', options: '-y' },
    { type: 'usb', device: '/dev/sda' },
    { type: 'usb', device: '/dev/v4l/by-id/../../sda' },
    { type: 'usb', device: '/dev/video0 -y' },
    { type: 'usb', device: '/dev/video0\n' },
    { type: 'exec', command: 'sh' },
  ])('refuses %j', (source) => {
    expect(sourceSchema.safeParse(source).success).toBe(false);
  });
});
