import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samePadding, windowedSide } from './feature.ts';

const small = fc.integer({ min: 1, max: 12 });

describe('samePadding', () => {
  it('gives TensorFlow’s side with the least padding, the odd pixel after', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), small, small, (side, window, stride) => {
        const padding = samePadding(side, window, stride);
        const wanted = Math.ceil(side / stride);
        expect(windowedSide(side, window, stride, padding)).toBe(
          Math.max(wanted, windowedSide(side, window, stride, { before: 0, after: 0 })),
        );
        expect([0, 1]).toContain(padding.after - padding.before);
        if (padding.after > 0) {
          const less = { before: padding.before, after: padding.after - 1 };
          expect(windowedSide(side, window, stride, less)).toBeLessThan(wanted);
        }
      }),
    );
  });

  it('pads 3x3 windows of stride 2 as TensorFlow does, not as PyTorch', () => {
    expect(samePadding(416, 3, 2)).toEqual({ before: 0, after: 1 });
    expect(samePadding(13, 3, 2)).toEqual({ before: 1, after: 1 });
  });
});
