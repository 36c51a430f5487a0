import { describe, expect, it } from 'vitest';
import { classColour, PALETTE } from './class-colour.ts';

type Rgb = readonly [number, number, number];

function rgb(hex: string): Rgb {
  const part = (at: number): number => parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Full dichromacy after Viénot, Brettel and Mollon (1999), on linear RGB. */
const SIGHTS: Record<string, readonly Rgb[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deuteranopia: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};

/** OKLab of a colour as somebody with that sight sees it. */
function seen(hex: string, sight: readonly Rgb[]): Rgb {
  const light = rgb(hex).map(linear) as unknown as Rgb;
  const dot = ([a, b, c]: Rgb, [x, y, z]: Rgb): number => a * x + b * y + c * z;
  const [r, g, b] = sight.map((row) => Math.max(0, dot(row, light))) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

describe('classColour', () => {
  it('is the same for a class at every call and differs for the classes of a street', () => {
    const street = ['person', 'car', 'truck', 'bus', 'bicycle', 'motorcycle', 'dog', 'cat'];
    expect(new Set(street.map(classColour)).size).toBe(street.length);
    expect(street.map(classColour)).toEqual(street.map(classColour));
  });

  it('takes the colour of any other class from the palette, by its name', () => {
    const labels = ['zebra', 'traffic light', 'Lkw', '人'];
    for (const label of labels) expect(PALETTE).toContain(classColour(label));
    expect(
      new Set(['bench', 'kite', 'boat', 'train', 'umbrella', 'chair'].map(classColour)).size,
    ).toBeGreaterThan(2);
  });

  it.each(PALETTE)('leaves dark writing on %s readable', (colour) => {
    const contrast = (luminance(rgb(colour)) + 0.05) / (luminance(rgb('#101214')) + 0.05);
    expect(contrast).toBeGreaterThan(4.5);
  });

  it.each(Object.entries(SIGHTS))('can be told apart with %s sight', (_, sight) => {
    for (const [index, colour] of PALETTE.entries()) {
      for (const other of PALETTE.slice(index + 1)) {
        expect(
          distance(seen(colour, sight), seen(other, sight)),
          `${colour} ${other}`,
        ).toBeGreaterThan(0.05);
      }
    }
  });
});
