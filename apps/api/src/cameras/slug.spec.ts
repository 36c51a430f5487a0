import { cameraIdSchema } from '@lookout/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedSlug, slugOf } from './slug.ts';

describe('slugOf', () => {
  it.each([
    ['Gate', 'gate'],
    ['Front  door #2', 'front-door-2'],
    ['Tür 3 (außen)', 'tur-3-aussen'],
    ['Łódź, Øst & Ærø', 'lodz-ost-aero'],
    ['İstanbul', 'istanbul'],
    ['门口', 'camera'],
    ['---', 'camera'],
    ['x'.repeat(100), 'x'.repeat(63)],
  ])('makes %j into %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('always makes a valid id', () => {
    const names = fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' });
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 100_000 }), (name, attempt) => {
        const id = numberedSlug(slugOf(name), attempt);
        expect(cameraIdSchema.safeParse(id).success).toBe(true);
      }),
    );
  });

  it('numbers what is taken', () => {
    expect(numberedSlug('gate', 1)).toBe('gate');
    expect(numberedSlug('gate', 2)).toBe('gate-2');
    expect(numberedSlug(`${'x'.repeat(60)}-ab`, 10)).toBe(`${'x'.repeat(60)}-10`);
  });
});
