import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isWholeJpeg, jpegSize } from './jpeg.ts';

const picture = (progressive: boolean) =>
  sharp({ create: { width: 322, height: 180, channels: 3, background: 'teal' } })
    .jpeg({ progressive })
    .toBuffer();

describe('jpeg', () => {
  it.each([false, true])('reads the size of a real picture (progressive: %s)', async (way) => {
    const jpeg = await picture(way);
    expect(jpegSize(jpeg)).toEqual({ width: 322, height: 180 });
    expect(isWholeJpeg(jpeg)).toBe(true);
    expect(isWholeJpeg(jpeg.subarray(0, -1))).toBe(false);
  });

  it('finds no size in what is cut off or no JPEG', async () => {
    const jpeg = await picture(false);
    expect(jpegSize(jpeg.subarray(0, 40))).toBeUndefined();
    expect(jpegSize(Buffer.alloc(300, 0xff))).toBeUndefined();
    expect(jpegSize(Buffer.from('hello, this is no picture at all'))).toBeUndefined();
  });
});
