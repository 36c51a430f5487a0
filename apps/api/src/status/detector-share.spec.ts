import { expect, it } from 'vitest';
import { detectorShare, type SharingCamera } from './detector-share.ts';

const camera = (offered: number, detected: number, weight = 1, minFps = 0): SharingCamera => ({
  offered,
  detected,
  weight,
  minFps,
});

it('is all that is wanted while the detector keeps up', () => {
  const all = new Map([
    ['gate', camera(5, 4.8)],
    ['yard', camera(0.2, 0)],
  ]);
  expect(detectorShare('gate', all)).toEqual({ wanted: 5, fair: 5, reduced: false, reason: null });
  // One frame in five seconds that is still under way says nothing.
  expect(detectorShare('yard', all)).toMatchObject({ fair: 0.2, reduced: false });
  expect(detectorShare('nobody', all)).toBeNull();
});

it('says what each camera can expect, and that it is reduced, when the detector does not', () => {
  const all = new Map([
    ['gate', camera(5, 1)],
    ['yard', camera(5, 2, 2)],
    ['door', camera(5, 3, 1, 3)],
    ['slow', camera(0.6, 0.6)],
    ['off', camera(0, 0)],
  ]);
  expect(detectorShare('gate', all)).toEqual({
    wanted: 5,
    fair: 1,
    reduced: true,
    reason: 'Wants 5 frames/s, gets 1: 4 cameras share the detector.',
  });
  expect(detectorShare('yard', all)).toMatchObject({ fair: 2, reduced: true });
  expect(detectorShare('door', all)).toMatchObject({ fair: 3, reduced: true });
  expect(detectorShare('slow', all)).toMatchObject({ fair: 0.6, reduced: false });
  expect(detectorShare('off', all)).toMatchObject({ wanted: 0, fair: 0, reduced: false });
});

it('speaks of no others where there is one camera alone', () => {
  const share = detectorShare('gate', new Map([['gate', camera(10, 3.2)]]));
  expect(share?.reason).toBe('Wants 10 frames/s, gets 3.2: the detector can do no more.');
});
