import { describe, expect, it } from 'vitest';
import { exampleCamera } from '../../testing/examples.ts';
import { changesBetween, collides } from './changes.ts';

const before = exampleCamera();
const now = exampleCamera({
  version: 2,
  updatedAt: '2026-01-02T00:00:00.000Z',
  liveFps: 10,
  detection: { ...before.detection, classes: ['car'] },
});

describe('changesBetween', () => {
  it('names each setting that differs, and nothing that the server counts', () => {
    expect(changesBetween(before, now)).toEqual([
      { name: 'live', from: '15 fps', to: '10 fps' },
      { name: 'classes', from: 'all', to: 'car' },
    ]);
  });
});

describe('collides', () => {
  it('tells whether both changed the same', () => {
    expect(collides({ name: 'Yard', detection: { minConfidence: 0.5 } }, before, now)).toBe(false);
    expect(collides({ detection: { classes: ['person'] } }, before, now)).toBe(true);
    expect(collides({ liveFps: 12 }, before, now)).toBe(true);
  });
});
