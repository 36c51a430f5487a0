import type { Books, CameraStatus } from '@lookout/contracts';
import { describe, expect, it } from 'vitest';
import type { Seen, Standstill } from '../house/witness.ts';
import { courseOf, disturbance, falseBooks, falseKnowledge, sightOf } from './judge.ts';
import type { Moments, Sample } from './sample.ts';

const BOOKS: Books = {
  ...{ id: 'a', captured: 100, offered: 10, delivered: 6, overwritten: 2, expired: 1, waiting: 1 },
  ...{ detected: 3, failed: 1, abandoned: 1, processing: 1 },
};
const MOMENTS: Moments = { struckAt: 1000, mendedAt: 5000, recoveredAt: 6000 };

type Detection = Partial<CameraStatus['detection']>;

function status(detection: Detection = {}, changes: Partial<CameraStatus> = {}): CameraStatus {
  return {
    ...{ cameraId: 'c', state: 'live', since: '2026-01-01T00:00:00.000Z', reason: null },
    rates: { capture: 10, live: 5, offered: 2, detected: 2 },
    ...{ ages: {}, inferenceMs: null, books: BOOKS },
    detection: {
      freshness: 'fresh',
      reason: null,
      model: null,
      at: null,
      share: null,
      ...detection,
    },
    ...changes,
  };
}

function sample(at: number, changes: Partial<Sample> = {}): Sample {
  const askedAt = at - 10;
  return { askedAt, at, struck: status(), other: status(), readiness: 'ready', ...changes };
}

const seen = (at: number, sequence: number, epoch = 1): Seen => ({
  epoch,
  sequence,
  at,
  ageMs: 50,
});
const results = Array.from({ length: 40 }, (_, index) => seen(index * 500, index));

describe('false knowledge', () => {
  it('is "fresh" later than 2 s after the strike and before the mending', () => {
    const find = (at: number) =>
      falseKnowledge([sample(at)], { hits: 'detections' }, MOMENTS, results, 2000);
    expect(find(2900)).toEqual([]);
    expect(find(3100)).toEqual(['fresh 2.1 s after the strike']);
    expect(find(5100)).toEqual([]);
  });

  it('is "fresh" without a result that is young enough', () => {
    const old = results.filter(({ at }) => at <= 1000);
    const find = (at: number) =>
      falseKnowledge([sample(at)], { hits: 'moment' }, MOMENTS, old, 2000);
    expect(find(3500)).toEqual([]);
    expect(find(4000)).toEqual(['fresh at 3.0 s, with a result 3.0 s old']);
  });
});

describe('false books', () => {
  it('do not add up', () => {
    const struck = status({}, { books: { ...BOOKS, delivered: 5 } });
    expect(falseBooks([sample(2000, { struck })], {}, MOMENTS)).toHaveLength(1);
  });

  it('go back under the same id', () => {
    const less = { ...BOOKS, offered: 9, overwritten: 1 };
    const next = (books: Books) =>
      falseBooks([sample(2000), sample(2100, { struck: status({}, { books }) })], {}, MOMENTS);
    expect(next(less)).toHaveLength(2);
    expect(next({ ...less, id: 'b' })).toEqual([]);
  });

  it('are there while Redis is away', () => {
    const away = { redisAway: true };
    expect(falseBooks([sample(2500), sample(5500)], away, MOMENTS)).toEqual([]);
    expect(falseBooks([sample(3500)], away, MOMENTS).length).toBeGreaterThan(0);
  });
});

describe('the other camera', () => {
  const steady = Array.from({ length: 40 }, (_, index) => seen(index * 200, index));
  const look = (
    frames: readonly Seen[],
    samples: readonly Sample[] = [],
    standstills: readonly Standstill[] = [],
  ) => disturbance({ frames, standstills }, samples, { spares: 'all' }, MOMENTS, 200);

  /** From the moment 2000 on. */
  const withTwoMissing = (gapMs: number): Seen[] =>
    steady
      .filter(({ at }) => at <= 2000 || at > 2400)
      .map((one) => (one.at === 2600 ? { ...one, at: 2000 + gapMs } : one));

  it('goes on', () => {
    expect(look(steady, [sample(2000)])).toEqual([]);
  });

  it('shows no picture for more than three periods', () => {
    const gap = steady.filter(({ at }) => at <= 2000 || at > 2600);
    expect(look(gap)).toEqual(['no picture for 800 ms']);
    expect(look(withTwoMissing(690))).toEqual([]);
    expect(look(withTwoMissing(710))).toEqual(['no picture for 710 ms']);
  });

  it('is not seen while who looks on stands still', () => {
    const gap = withTwoMissing(850);
    expect(look(gap, [], [{ from: 1900, to: 2200 }])).toEqual([]);
    expect(look(gap, [], [{ from: 1900, to: 2100 }])).toEqual(['no picture for 750 ms']);
  });

  it('was started anew', () => {
    expect(look(steady.map((one) => (one.at > 3000 ? { ...one, epoch: 2 } : one)))).toEqual([
      'its capture began anew',
    ]);
  });

  it('stands still until the end', () => {
    expect(look(steady.filter(({ at }) => at <= 3000))).toEqual(['no picture for 3000 ms']);
  });

  it('misses pictures', () => {
    const jump = steady.map((one) =>
      one.at > 2000 ? { ...one, sequence: one.sequence + 9 } : one,
    );
    expect(look(jump)).toEqual(['9 pictures are missing']);
  });

  it('has no detections', () => {
    const stale = sample(2000, { other: status({ freshness: 'stale' }) });
    expect(look(steady, [stale])).toEqual(['its detections were stale']);
  });
});

describe('what the operator saw', () => {
  const stale = (age: string) => ({
    struck: status({ freshness: 'stale', reason: `The newest result is ${age} s old.` }),
  });
  const samples = [
    sample(900, stale('9.9')),
    sample(1500),
    sample(1600, { struck: null, other: null, readiness: 'no answer' }),
    sample(2100, stale('2.1')),
    sample(2200, stale('2.2')),
    sample(6000),
  ];

  it('is what lasted longest between strike and recovery', () => {
    expect(sightOf(samples, MOMENTS)).toBe('live, stale: The newest result is 2.2 s old.');
    expect(sightOf([sample(2000)], MOMENTS)).toBe('nothing unusual');
  });

  it('is told change by change', () => {
    expect(courseOf(samples.slice(1), MOMENTS)).toEqual([
      '0.5 s: as usual',
      '0.6 s: no answer (readyz: no answer)',
      '1.1 s: live, stale: The newest result is 2.1 s old.',
      '5.0 s: as usual',
    ]);
  });
});
