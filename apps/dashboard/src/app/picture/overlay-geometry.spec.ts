import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxInView, chipPlace, letterbox, overlap, type Rectangle } from './overlay-geometry.ts';

const length = fc.integer({ min: 1, max: 4000 });
const size = fc.record({ width: length, height: length });
const fraction = fc.double({ min: -0.5, max: 1.5, noNaN: true });
const box = fc.record({ x: fraction, y: fraction, width: fraction, height: fraction });

function expectInside(inner: Rectangle, outer: Rectangle): void {
  const slack = 1e-6 * (outer.width + outer.height);
  expect(inner.x).toBeGreaterThanOrEqual(outer.x - slack);
  expect(inner.y).toBeGreaterThanOrEqual(outer.y - slack);
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width + slack);
  expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height + slack);
}

describe('letterbox', () => {
  it('puts bars at the sides of a wide view and above and below in a high one', () => {
    expect(letterbox({ width: 640, height: 360 }, { width: 1000, height: 360 })).toEqual({
      x: 180,
      y: 0,
      width: 640,
      height: 360,
    });
    expect(letterbox({ width: 640, height: 360 }, { width: 320, height: 320 })).toEqual({
      x: 0,
      y: 70,
      width: 320,
      height: 180,
    });
  });

  it('shows all of the picture, undistorted, and fills the view in one direction', () => {
    fc.assert(
      fc.property(size, size, (picture, view) => {
        const place = letterbox(picture, view);
        expectInside(place, { x: 0, y: 0, ...view });
        expect(place.width / place.height / (picture.width / picture.height)).toBeCloseTo(1, 6);
        const filled = Math.max(place.width / view.width, place.height / view.height);
        expect(filled).toBeCloseTo(1, 6);
      }),
    );
  });

  it('has no place for a picture without a size', () => {
    expect(letterbox({ width: 0, height: 0 }, { width: 10, height: 10 }).width).toBe(0);
  });
});

describe('boxInView', () => {
  it('scales and moves with the picture', () => {
    const picture = { x: 100, y: 50, width: 200, height: 100 };
    expect(boxInView({ x: 0.1, y: 0.2, width: 0.5, height: 0.25 }, picture)).toEqual({
      x: 120,
      y: 70,
      width: 100,
      height: 25,
    });
  });

  it('stays inside the picture, whatever a box claims', () => {
    fc.assert(
      fc.property(box, size, (claimed, view) => {
        const picture = { x: 7, y: 9, ...view };
        const place = boxInView(claimed, picture);
        expect(place.width).toBeGreaterThanOrEqual(0);
        expect(place.height).toBeGreaterThanOrEqual(0);
        expectInside(place, picture);
      }),
    );
  });
});

describe('chipPlace', () => {
  const picture = { x: 0, y: 0, width: 400, height: 300 };
  const chip = { width: 60, height: 17 };

  it('stands on top of its box', () => {
    const place = chipPlace({ x: 50, y: 100, width: 80, height: 60 }, chip, picture);
    expect(place).toEqual({ x: 50, y: 83, ...chip });
  });

  it('slips into a box that touches the top, and back from the right edge', () => {
    expect(chipPlace({ x: 50, y: 5, width: 80, height: 60 }, chip, picture).y).toBe(5);
    expect(chipPlace({ x: 390, y: 100, width: 10, height: 60 }, chip, picture).x).toBe(340);
  });

  it('makes way for labels that have their place: into the box, then below it', () => {
    const at = { x: 50, y: 100, width: 80, height: 60 };
    const first = chipPlace(at, chip, picture);
    const second = chipPlace(at, chip, picture, [first]);
    const third = chipPlace(at, chip, picture, [first, second]);
    expect([first.y, second.y, third.y]).toEqual([83, 100, 160]);
    expect(chipPlace(at, chip, picture, [first, second, third])).toEqual(first);
  });

  it('never leaves a picture that has room for it, and covers another only if it must', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 12 }), (claimed) => {
        const taken: Rectangle[] = [];
        for (const one of claimed) {
          const inView = boxInView(one, picture);
          const place = chipPlace(inView, chip, picture, taken);
          expectInside(place, picture);
          const onTop = chipPlace(inView, chip, picture);
          if (taken.some((other) => overlap(place, other))) expect(place).toEqual(onTop);
          taken.push(place);
        }
      }),
    );
  });
});
