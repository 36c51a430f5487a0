import { z } from 'zod';

/** A video file below the media directory, played in real time and looped. */
export const fileSourceSchema = z.strictObject({
  type: z.literal('file'),
  path: z
    .string()
    .min(1, 'must not be empty')
    .max(1024)
    .refine((path) => !path.includes('\0'), 'must not contain a NUL character'),
});

/** A picture that Lookout generates: moving, numbered, and needing no camera. */
export const testSourceSchema = z.strictObject({ type: z.literal('test') });

/** An IP camera's own protocol. Its sound is left out. */
export const rtspSourceSchema = z.strictObject({
  type: z.literal('rtsp'),
  url: urlSchema('rtsp', 'rtsps').meta({ example: 'rtsp://user:secret@10.0.0.5/stream' }),
  /** `tcp` loses nothing on a busy network, `udp` suits cameras that cannot do otherwise. */
  transport: z.enum(['tcp', 'udp']).default('tcp'),
});

/** MJPEG, or any other stream that ffmpeg reads from an address. */
export const httpSourceSchema = z.strictObject({
  type: z.literal('http'),
  url: urlSchema('http', 'https').meta({ example: 'http://10.0.0.6/video.mjpg' }),
});

/** A live HLS playlist (`.m3u8`). */
export const hlsSourceSchema = z.strictObject({
  type: z.literal('hls'),
  url: urlSchema('http', 'https').meta({ example: 'https://cameras.example/gate/index.m3u8' }),
});

/** A camera at the machine itself, by Video4Linux. Names by id or path outlive a restart. */
export const usbSourceSchema = z.strictObject({
  type: z.literal('usb'),
  device: z
    .string()
    .max(256)
    .regex(
      /^\/dev\/(?:video\d{1,3}|v4l\/by-(?:id|path)\/[A-Za-z0-9][A-Za-z0-9._:+-]*)$/,
      'must be /dev/video<number>, or a name below /dev/v4l/by-id or /dev/v4l/by-path',
    )
    .meta({ example: '/dev/video0' }),
});

/** Where a camera's pictures come from. */
export const sourceSchema = z.discriminatedUnion('type', [
  rtspSourceSchema,
  httpSourceSchema,
  hlsSourceSchema,
  usbSourceSchema,
  fileSourceSchema,
  testSourceSchema,
]);

/** Where a camera's pictures come from. */
export type Source = z.infer<typeof sourceSchema>;

/**
 * An address of one of these schemes. Printable ASCII only, so that no two programs read it in
 * different ways; everything else is written as %XX.
 */
function urlSchema(...schemes: readonly string[]) {
  const protocol = new RegExp(`^(?:${schemes.join('|')})$`);
  const scheme = new RegExp(`^(?:${schemes.join('|')})://[^/?#]`, 'i');
  const names = schemes.map((name) => `${name}://`).join(' or ');
  return z
    .url({
      protocol,
      hostname: /./,
      abort: true,
      error: `must be an address that begins with ${names}`,
    })
    .max(2048)
    .regex(scheme, `must begin with ${names} and a host`)
    .regex(
      /^[!#-;=?-[\]_a-z~|]*$/i,
      'must be without spaces, quotes and other special characters; write them as %XX',
    );
}
