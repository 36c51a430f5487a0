import { describe, expect, it } from 'vitest';
import { decodeEntry, encodeEntry } from './feed-entry.ts';
import { resultOf } from './feed-recorder.ts';

/** A failure as workers wrote it before ages were told of failures too. */
const OLD_FAILURE = {
  kind: 'failure',
  frame: { cameraId: 'gate', epoch: 1, sequence: 3 },
  worker: 'w1',
  model: 'yolov5s',
  reason: 'the picture is broken',
  failedAt: 1_700_000_000_100,
};

describe('an entry of the feed', () => {
  it('is read as it was written', () => {
    expect(decodeEntry(encodeEntry(resultOf(1)))).toEqual(resultOf(1));
  });

  it('is read from a worker of the version before, without the ages that it did not tell', () => {
    expect(decodeEntry(JSON.stringify(OLD_FAILURE))).toEqual({ ...OLD_FAILURE, ages: {} });
  });

  it('is read though it has more to say', () => {
    const more = JSON.stringify({ version: 2, ...resultOf(1), mood: 'fine' });
    expect(decodeEntry(more)).toEqual(resultOf(1));
  });

  it.each([
    { ...resultOf(1), version: 3 },
    { ...resultOf(1), version: 'x' },
    { ...OLD_FAILURE, ages: { taken: -1 } },
    { ...OLD_FAILURE, ages: { elsewhere: 1 } },
    { ...OLD_FAILURE, failedAt: 9e15 },
  ])('is not read when it may mean something else: %j', (entry) => {
    expect(decodeEntry(JSON.stringify(entry))).toBeNull();
  });

  it('is not read when it tells a moment that no calendar has', () => {
    const words = encodeEntry(resultOf(1)).replace(/"capturedAt":[^,]+/, '"capturedAt":9e15');
    expect(decodeEntry(words)).toBeNull();
  });
});
