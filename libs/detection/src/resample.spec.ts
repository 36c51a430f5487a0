import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterbox } from './letterbox.ts';
import { LetterboxResampler } from './resample.ts';

function fill(width: number, height: number, input: number, rgb: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(input * input * 3);
  new LetterboxResampler(letterbox({ width, height }, input)).fill(rgb, pixels);
  return pixels;
}

const noise = (length: number): Uint8Array =>
  new Uint8Array(length).map((_, index) => (index * 7919) % 256);

describe('LetterboxResampler', () => {
  it('leaves a frame of the right size as it is', () => {
    const rgb = noise(64 * 64 * 3);
    expect(fill(64, 64, 64, rgb)).toEqual(rgb);
  });

  it('takes the mean of four pixels when it halves', () => {
    const rgb = noise(128 * 128 * 3);
    const pixels = fill(128, 128, 64, rgb);
    const mean = (y: number, x: number, c: number) => {
      const at = (dy: number, dx: number) => rgb[((2 * y + dy) * 128 + 2 * x + dx) * 3 + c] ?? 0;
      return Math.floor((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4 + 0.5);
    };
    const expected = pixels.map((_, index) => {
      const pixel = Math.floor(index / 3);
      return mean(Math.floor(pixel / 64), pixel % 64, index % 3);
    });
    expect(pixels).toEqual(expected);
  });

  it('is within rounding of the bilinear formula at any size', () => {
    const side = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const rgb = noise(width * height * 3);
        const place = letterbox({ width, height }, 64);
        const pixels = fill(width, height, 64, rgb);
        const along = (index: number, from: number, to: number) =>
          Math.min(Math.max(((index + 0.5) * from) / to - 0.5, 0), from - 1);
        for (const [x, y] of [
          [0, 0],
          [place.width - 1, place.height - 1],
          [place.width >> 1, place.height >> 1],
        ] as const) {
          const [sx, sy] = [along(x, width, place.width), along(y, height, place.height)];
          const [x0, y0] = [Math.floor(sx), Math.floor(sy)];
          const value = (dy: number, dx: number) => {
            const [py, px] = [Math.min(y0 + dy, height - 1), Math.min(x0 + dx, width - 1)];
            return rgb[(py * width + px) * 3] ?? 0;
          };
          const top = value(0, 0) * (1 - sx + x0) + value(0, 1) * (sx - x0);
          const bottom = value(1, 0) * (1 - sx + x0) + value(1, 1) * (sx - x0);
          const expected = top * (1 - sy + y0) + bottom * (sy - y0);
          const actual = pixels[((place.top + y) * 64 + place.left + x) * 3] ?? 0;
          expect(Math.abs(actual - expected)).toBeLessThan(0.75);
        }
      }),
    );
  });

  it('leaves grey around the frame, and never reads what an earlier frame left', () => {
    const place = letterbox({ width: 128, height: 64 }, 64);
    const pixels = new Uint8Array(64 * 64 * 3).fill(7);
    new LetterboxResampler(place).fill(new Uint8Array(128 * 64 * 3).fill(200), pixels);
    const row = (y: number) => new Set(pixels.subarray(y * 192, (y + 1) * 192));
    expect(row(15)).toEqual(new Set([114]));
    expect(row(16)).toEqual(new Set([200]));
    expect(row(47)).toEqual(new Set([200]));
    expect(row(48)).toEqual(new Set([114]));
  });

  it('refuses buffers that are too small', () => {
    const resampler = new LetterboxResampler(letterbox({ width: 4, height: 4 }, 32));
    const input = new Uint8Array(32 * 32 * 3);
    expect(() => {
      resampler.fill(new Uint8Array(47), input);
    }).toThrow(RangeError);
    expect(() => {
      resampler.fill(new Uint8Array(48), input.subarray(1));
    }).toThrow(RangeError);
  });
});
