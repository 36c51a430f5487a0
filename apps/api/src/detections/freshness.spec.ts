import { describe, expect, it } from 'vitest';
import { type FreshnessFacts, judgeFreshness } from './freshness.ts';

const well: FreshnessFacts = {
  detectionEnabled: true,
  captureState: 'live',
  away: null,
  workersAlive: 1,
  trouble: null,
  resultAgeMs: 300,
  staleAfterMs: 2000,
};

describe('freshness', () => {
  it('is fresh when nothing speaks against it', () => {
    expect(judgeFreshness(well)).toEqual({ freshness: 'fresh', reason: null });
    expect(judgeFreshness({ ...well, resultAgeMs: 2000 }).freshness).toBe('fresh');
  });

  it.each<[string, Partial<FreshnessFacts>]>([
    ['The camera is stalled.', { captureState: 'stalled' }],
    ['The camera is disabled.', { captureState: 'disabled' }],
    ['Redis does not answer.', { away: 'Redis does not answer.' }],
    ['No worker is running.', { workersAlive: 0 }],
    ['The last inference failed: bad JPEG', { trouble: 'The last inference failed: bad JPEG' }],
    ['There is no result yet.', { resultAgeMs: null }],
  ])('is unknown: %s', (reason, facts) => {
    expect(judgeFreshness({ ...well, ...facts })).toEqual({ freshness: 'unknown', reason });
    // A doubt comes before staleness, and being switched off before everything.
    expect(judgeFreshness({ ...well, resultAgeMs: 9000, ...facts }).freshness).toBe('unknown');
    expect(judgeFreshness({ ...well, ...facts, detectionEnabled: false }).freshness).toBe('off');
  });

  it('is stale beyond the threshold', () => {
    const verdict = judgeFreshness({ ...well, resultAgeMs: 2051 });
    expect(verdict).toEqual({ freshness: 'stale', reason: 'The newest result is 2.1 s old.' });
  });
});
