import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCameraSchema } from './camera.ts';
import { compareFrames } from './frame.ts';
import { staleAfterMs } from './stale-after.ts';

const camera = { name: 'Gate', source: { type: 'test' } };

describe('newCameraSchema', () => {
  it('needs a name and a source, and fills in the documented defaults', () => {
    expect(newCameraSchema.parse(camera)).toEqual({
      name: 'Gate',
      enabled: true,
      source: { type: 'test' },
      captureFps: 30,
      liveFps: 15,
      detectFps: 5,
      frame: { width: 640, quality: 80 },
      detection: {
        enabled: true,
        model: null,
        minConfidence: 0.4,
        classes: [],
        weight: 1,
        minFps: 0,
        events: { minHits: 3, window: 5, endAfterMs: 5000, labels: [] },
      },
    });
  });

  it('fills in what is missing inside frame and detection', () => {
    const parsed = newCameraSchema.parse({ ...camera, frame: { width: 320 }, detection: {} });
    expect(parsed.frame).toEqual({ width: 320, quality: 80 });
    expect(parsed.detection.minConfidence).toBe(0.4);
  });

  it('lowers default rates to captureFps, and refuses given ones above it', () => {
    expect(newCameraSchema.parse({ ...camera, captureFps: 3 })).toMatchObject({
      liveFps: 3,
      detectFps: 3,
    });
    const refused = newCameraSchema.safeParse({ ...camera, captureFps: 10, liveFps: 11 });
    expect(refused.error?.issues.map((issue) => issue.path)).toEqual([['liveFps']]);
  });

  it('refuses a minimum above the detect rate, given or not', () => {
    const refused = (fields: object) =>
      newCameraSchema.safeParse({ ...camera, ...fields }).error?.issues.map(({ path }) => path);
    expect(refused({ detectFps: 2, detection: { minFps: 2 } })).toBeUndefined();
    expect(refused({ detectFps: 2, detection: { minFps: 2.1 } })).toEqual([
      ['detection', 'minFps'],
    ]);
    expect(refused({ detection: { minFps: 6 } })).toEqual([['detection', 'minFps']]);
    expect(refused({ captureFps: 3, detection: { minFps: 4 } })).toEqual([['detection', 'minFps']]);
  });

  it.each([
    [{ ...camera, colour: 'red' }],
    [{ ...camera, name: '' }],
    [{ ...camera, name: '   ' }],
    [{ ...camera, source: { type: 'exec', command: 'ls' } }],
    [{ ...camera, source: { type: 'test', url: 'x' } }],
    [{ ...camera, source: { type: 'file' } }],
    [{ ...camera, source: { type: 'file', path: 'a\0b' } }],
    [{ ...camera, captureFps: 0 }],
    [{ ...camera, captureFps: 61 }],
    [{ ...camera, frame: { width: 641 } }],
    [{ ...camera, frame: { quality: 101 } }],
    [{ ...camera, detection: { minConfidence: 1.1 } }],
    [{ ...camera, detection: { threshold: 0.5 } }],
    [{ ...camera, detection: { weight: 0 } }],
    [{ ...camera, detection: { weight: 10.1 } }],
    [{ ...camera, detection: { minFps: -1 } }],
    [null],
    [[]],
  ])('refuses %j', (input) => {
    expect(newCameraSchema.safeParse(input).success).toBe(false);
  });
});

describe('staleAfterMs', () => {
  it('is the longer of 2 s and 3 detect periods', () => {
    expect(staleAfterMs({ detectFps: 5 })).toBe(2000);
    expect(staleAfterMs({ detectFps: 0.5 })).toBe(6000);
  });
});

describe('compareFrames', () => {
  const frame = fc.record({ epoch: fc.nat(), sequence: fc.nat() });

  it('orders by epoch, then by sequence', () => {
    fc.assert(
      fc.property(frame, frame, (a, b) => {
        const expected =
          a.epoch === b.epoch ? Math.sign(a.sequence - b.sequence) : Math.sign(a.epoch - b.epoch);
        expect(Math.sign(compareFrames(a, b))).toBe(expected);
      }),
    );
  });
});
