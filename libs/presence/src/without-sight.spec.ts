import { describe, expect, it } from 'vitest';
import { lookAt, onlyStay, presentAt, Watcher } from './watcher.ts';

describe('without sight', () => {
  it('a stay is uncertain, neither ended nor prolonged, and goes on afterwards', () => {
    const watcher = presentAt(0, 200, 400);
    expect(watcher.loseSight('No worker is running.')).toMatchObject([
      { kind: 'uncertain', stay: { state: 'uncertain', lastSeenAt: 400 } },
    ]);
    expect(watcher.loseSight('Redis does not answer.')).toEqual([]);
    expect(watcher.look(60_000, 'car').map(({ kind }) => kind)).toEqual(['resumed', 'seen']);
    expect(onlyStay(watcher)).toMatchObject({
      ...{ state: 'active', lastSeenAt: 60_000, results: 4 },
      gaps: [{ from: 400, to: 60_000, reason: 'No worker is running.' }],
    });
  });

  it('the time does not count towards the end', () => {
    const watcher = presentAt(0, 200, 400);
    watcher.look(600);
    watcher.loseSight('The camera is reconnecting.');
    watcher.look(90_000);
    expect(onlyStay(watcher).state).toBe('active');
    for (const at of [90_200, 90_400, 90_600]) watcher.look(at);
    expect(onlyStay(watcher).state).toBe('active');
    expect(watcher.look(90_800)).toMatchObject([{ kind: 'ended', stay: { endedAt: 90_800 } }]);
  });

  it('a gap between looks is one although nobody said so in time', () => {
    const watcher = presentAt(0, 200, 400);
    watcher.look(10_000, 'car');
    expect(onlyStay(watcher).gaps).toEqual([
      { from: 400, to: 10_000, reason: 'No frame was looked at.' },
    ]);
  });

  it('hits on both sides of a gap add up, and the gap is in the stay', () => {
    const watcher = new Watcher();
    watcher.look(0, 'dog');
    watcher.look(10_000, 'car');
    watcher.look(10_200, 'car');
    watcher.look(20_000, 'car');
    expect(watcher.kinds).toEqual(['car started']);
    const gaps = [{ from: 10_200, to: 20_000, reason: 'No frame was looked at.' }];
    expect(onlyStay(watcher)).toMatchObject({ state: 'active', startedAt: 10_000, gaps });
  });

  it('hits of two minutes ago do not count any more', () => {
    const watcher = new Watcher();
    watcher.look(0, 'car');
    watcher.look(200, 'car');
    watcher.look(120_300, 'car');
    expect(watcher.kinds).toEqual([]);
  });

  it('and looks so rare that each is stale before the next, a stay starts, is uncertain in between, and ends', () => {
    const watcher = new Watcher();
    for (const at of [0, 2000, 4000]) watcher.look(at, 'car');
    expect(watcher.kinds).toEqual(['car started']);
    expect(onlyStay(watcher).gaps).toHaveLength(2);
    expect(watcher.look(6000)).toEqual([expect.objectContaining({ kind: 'seen' })]);
    // Each look says for half a second what is there; the rest of the time nobody knows.
    expect(watcher.look(8000).at(-1)).toMatchObject({ kind: 'ended', stay: { endedAt: 8000 } });
  });

  it('a look that comes late makes uncertain, neither prolongs nor ends, and is no sight', () => {
    const watcher = presentAt(0, 200, 400);
    expect(watcher.lookLate(600, 'car')).toMatchObject([
      { kind: 'uncertain', stay: { lastSeenAt: 400, results: 3 } },
    ]);
    for (let at = 800; at < 9000; at += 200) expect(watcher.lookLate(at)).toEqual([]);
    expect(onlyStay(watcher)).toMatchObject({
      state: 'uncertain',
      gaps: [{ from: 400, to: null, reason: 'No result came in time.' }],
    });
    expect(watcher.look(9000, 'car').map(({ kind }) => kind)).toEqual(['resumed', 'seen']);
    expect(onlyStay(watcher).gaps).toEqual([
      { from: 400, to: 9000, reason: 'No result came in time.' },
    ]);
  });

  it('a stay can start with late looks alone: it is uncertain from the start', () => {
    const watcher = new Watcher();
    for (const at of [0, 200, 400, 600]) watcher.lookLate(at, 'car');
    expect(watcher.kinds).toEqual(['car started', 'car uncertain']);
    expect(onlyStay(watcher)).toMatchObject({ startedAt: 0, lastSeenAt: 400, results: 3 });
    watcher.look(5000);
    expect(onlyStay(watcher)).toMatchObject({
      state: 'active',
      gaps: [{ from: 400, to: 5000, reason: 'No result came in time.' }],
    });
  });

  it('one look that fails makes it uncertain until the next', () => {
    const watcher = presentAt(0, 200, 400);
    watcher.loseSight('The last inference failed.', { epoch: 1, sequence: 3 });
    expect(watcher.take(lookAt(600, 3, []))).toEqual([]);
    expect(watcher.take(lookAt(800, 4, ['car'])).map(({ kind }) => kind)).toEqual([
      'resumed',
      'seen',
    ]);
    expect(watcher.loseSight('late news', { epoch: 1, sequence: 2 })).toEqual([]);
  });

  it('a last look just after it was lost does not part the gap in two, any other does', () => {
    const watcher = presentAt(0, 200, 400);
    watcher.loseSight('no worker');
    watcher.look(600, 'car');
    watcher.loseSight('no worker');
    watcher.look(4000, 'car');
    watcher.loseSight('no worker');
    watcher.look(6000, 'car');
    watcher.loseSight('Redis does not answer.');
    watcher.look(6200, 'car');
    const gaps = onlyStay(watcher).gaps.map(({ from, to }) => [from, to]);
    expect(gaps).toEqual([
      [400, 4000],
      [4000, 6000],
      [6000, 6200],
    ]);
  });

  it('keeps the longest hundred gaps', () => {
    const watcher = presentAt(0, 200, 400);
    let at = 400;
    for (let gap = 1; gap <= 150; gap += 1) {
      watcher.look((at += 1000 + gap), 'car');
      watcher.look((at += 200), 'car');
    }
    const { gaps } = onlyStay(watcher);
    expect(gaps).toHaveLength(100);
    expect(gaps.every(({ from, to }) => (to ?? 0) - from > 1050)).toBe(true);
  });
});
