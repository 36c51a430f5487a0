import { describe, expect, it } from 'vitest';
import { exampleStatus } from '../../testing/examples.ts';
import { type FreshnessInput, freshnessView } from './freshness.ts';

const fresh: FreshnessInput = {
  link: 'connected',
  status: exampleStatus(),
  statusAgeMs: 300,
  resultAgeMs: 150,
  staleAfterMs: 2000,
};

function withServer(freshness: 'off' | 'unknown' | 'stale', reason: string | null = null) {
  return {
    ...fresh,
    status: exampleStatus({ detection: { ...exampleStatus().detection, freshness, reason } }),
  };
}

describe('freshnessView', () => {
  it('draws solid boxes for what is fresh', () => {
    expect(freshnessView(fresh)).toMatchObject({ kind: 'fresh', boxes: 'solid', reason: null });
  });

  it('draws dashed boxes for what is stale, with the reason', () => {
    expect(freshnessView(withServer('stale', 'The newest result is 4.2 s old.'))).toMatchObject({
      kind: 'stale',
      boxes: 'dashed',
      reason: 'The newest result is 4.2 s old.',
    });
  });

  it('draws no boxes for what is unknown, and says why', () => {
    expect(freshnessView(withServer('unknown', 'No worker is running.'))).toMatchObject({
      kind: 'unknown',
      boxes: 'none',
      reason: 'No worker is running.',
    });
  });

  it('is not alarmed by not knowing what a camera sees that is switched off', () => {
    const { detection } = withServer('unknown', 'The camera is not live.').status;
    const status = exampleStatus({ state: 'disabled', detection });
    expect(freshnessView({ ...fresh, status })).toMatchObject({
      kind: 'unknown',
      word: 'not looked at',
      tone: 'quiet',
      boxes: 'none',
    });
  });

  it('is quiet about detection that is switched off', () => {
    const view = freshnessView(withServer('off'));
    expect(view).toMatchObject({ kind: 'off', boxes: 'none', reason: null });
  });

  it('lowers to stale what grew old since the server called it fresh', () => {
    expect(freshnessView({ ...fresh, resultAgeMs: 2001 }).kind).toBe('stale');
    expect(freshnessView({ ...fresh, resultAgeMs: null }).kind).toBe('stale');
  });

  it('never raises what the server called stale or unknown', () => {
    expect(freshnessView({ ...withServer('stale'), resultAgeMs: 0 }).kind).toBe('stale');
    expect(freshnessView({ ...withServer('unknown'), resultAgeMs: 0 }).kind).toBe('unknown');
  });

  it('is unknown without a connection, before the first word and when no news come', () => {
    expect(freshnessView({ ...fresh, link: 'lost' }).kind).toBe('unknown');
    expect(freshnessView({ ...fresh, status: null }).kind).toBe('unknown');
    expect(freshnessView({ ...fresh, statusAgeMs: 6000, resultAgeMs: 3000 }).kind).toBe('unknown');
    expect(freshnessView({ ...fresh, statusAgeMs: 6000 }).kind).toBe('fresh');
  });

  it('tells the four kinds apart by word and by shape', () => {
    const views = [
      freshnessView(fresh),
      freshnessView(withServer('stale')),
      freshnessView(withServer('unknown')),
      freshnessView(withServer('off')),
    ];
    expect(new Set(views.map(({ word }) => word)).size).toBe(4);
    expect(new Set(views.map(({ icon }) => icon)).size).toBe(4);
  });
});
