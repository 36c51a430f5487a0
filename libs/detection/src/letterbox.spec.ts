import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterbox, toFrameBox, toInputCorners } from './letterbox.ts';

const size = fc.record({
  width: fc.integer({ min: 1, max: 5000 }),
  height: fc.integer({ min: 1, max: 5000 }),
});
const input = fc.integer({ min: 1, max: 40 }).map((cells) => 32 * cells);
const pixel = fc.double({ min: -2000, max: 3000, noNaN: true });
const corners = fc.record({ left: pixel, top: pixel, right: pixel, bottom: pixel });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const box = fc
  .tuple(fraction, fraction, fraction, fraction)
  .map(([x, y, width, height]) => ({ x, y, width: width * (1 - x), height: height * (1 - y) }))
  .filter(({ width, height }) => width > 1e-6 && height > 1e-6);

describe('letterbox', () => {
  it.each([
    [640, 360, 416, { left: 0, top: 91, width: 416, height: 234 }],
    [768, 576, 640, { left: 0, top: 80, width: 640, height: 480 }],
    [360, 640, 416, { left: 91, top: 0, width: 234, height: 416 }],
    [416, 416, 416, { left: 0, top: 0, width: 416, height: 416 }],
    [100, 50, 416, { left: 0, top: 104, width: 416, height: 208 }],
  ])('fits %dx%d into %d', (width, height, side, place) => {
    expect(letterbox({ width, height }, side)).toMatchObject(place);
  });

  it('lies inside the input, touches two of its edges and is centred', () => {
    fc.assert(
      fc.property(size, input, (frame, side) => {
        const place = letterbox(frame, side);
        const right = side - place.left - place.width;
        const bottom = side - place.top - place.height;
        expect(Math.min(place.left, place.top, right, bottom)).toBe(0);
        expect([0, 1]).toContain(right - place.left);
        expect([0, 1]).toContain(bottom - place.top);
        expect(Math.max(place.width, place.height)).toBe(side);
      }),
    );
  });

  it.each([
    [0, 10],
    [10, 0],
    [Number.NaN, 10],
  ])('refuses a frame of %dx%d', (width, height) => {
    expect(() => letterbox({ width, height }, 416)).toThrow(RangeError);
  });
});

describe('toFrameBox', () => {
  it('stays inside the frame, whatever the model says', () => {
    fc.assert(
      fc.property(size, input, corners, (frame, side, said) => {
        const seen = toFrameBox(letterbox(frame, side), said);
        if (seen === null) return;
        expect(seen.x).toBeGreaterThanOrEqual(0);
        expect(seen.y).toBeGreaterThanOrEqual(0);
        expect(seen.width).toBeGreaterThan(0);
        expect(seen.height).toBeGreaterThan(0);
        expect(seen.x + seen.width).toBeLessThanOrEqual(1);
        expect(seen.y + seen.height).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('undoes toInputCorners', () => {
    fc.assert(
      fc.property(size, input, box, (frame, side, wanted) => {
        const place = letterbox(frame, side);
        const seen = toFrameBox(place, toInputCorners(place, wanted));
        expect(seen?.x).toBeCloseTo(wanted.x, 9);
        expect(seen?.y).toBeCloseTo(wanted.y, 9);
        expect(seen?.width).toBeCloseTo(wanted.width, 9);
        expect(seen?.height).toBeCloseTo(wanted.height, 9);
      }),
    );
  });

  it('says null for what lies in the grey, has no area or is not a number', () => {
    const place = letterbox({ width: 640, height: 360 }, 416);
    const grey = { left: 10, top: 5, right: 60, bottom: 80 };
    expect(toFrameBox(place, grey)).toBeNull();
    expect(toFrameBox(place, { ...grey, bottom: 100, right: 10 })).toBeNull();
    expect(toFrameBox(place, { ...grey, bottom: Number.NaN })).toBeNull();
    expect(toFrameBox(place, { ...grey, bottom: 100 })).not.toBeNull();
  });
});
