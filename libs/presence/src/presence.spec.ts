import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PresenceMemory, Stay } from './memory.ts';
import { bestLooks, close, drop } from './presence.ts';
import { lookAt, onlyStay, PERIOD_MS, presentAt, RULES, Watcher } from './watcher.ts';

describe('a stay', () => {
  it('starts with the third hit of the last five looks, from the first of them', () => {
    const watcher = new Watcher();
    watcher.look(0, 'car');
    watcher.look(200);
    watcher.look(400, 'car', 'car');
    watcher.look(600);
    expect(watcher.kinds).toEqual([]);
    watcher.look(800, 'car');
    expect(watcher.kinds).toEqual(['car started']);
    expect(onlyStay(watcher)).toMatchObject({
      ...{ state: 'active', startedAt: 0, lastSeenAt: 800, maxCount: 2, results: 3, gaps: [] },
      best: { at: 800, sequence: 4, confidence: 0.7 },
    });
  });

  it('does not start with three hits of six looks', () => {
    const watcher = new Watcher();
    for (const [index, labels] of [['car'], [], [], ['car'], [], ['car']].entries()) {
      watcher.look(index * PERIOD_MS, ...labels);
    }
    expect(watcher.kinds).toEqual([]);
  });

  it('ends after it was looked for in vain for long enough', () => {
    const watcher = presentAt(0, 200, 400);
    for (const at of [600, 800, 1000, 1200]) watcher.look(at);
    expect(onlyStay(watcher).state).toBe('active');
    const [turn] = watcher.look(1400);
    expect(turn).toMatchObject({ kind: 'ended', stay: { lastSeenAt: 400, endedAt: 1400 } });
  });

  it('goes on when it is seen again in time, once being enough', () => {
    const watcher = presentAt(0, 200, 400);
    for (const at of [600, 800, 1000, 1200]) watcher.look(at);
    watcher.look(1390, 'car');
    for (const at of [1600, 1800, 2000, 2200]) watcher.look(at);
    expect(onlyStay(watcher)).toMatchObject({ state: 'active', lastSeenAt: 1390, results: 4 });
  });

  it('needs new hits to begin anew after its end', () => {
    const watcher = presentAt(0, 200, 400);
    watcher.rules = { ...RULES, endAfterMs: 200 };
    watcher.look(600);
    expect(watcher.kinds.at(-1)).toBe('car ended');
    watcher.look(800, 'car');
    watcher.look(1000, 'car');
    expect(watcher.kinds.at(-1)).toBe('car ended');
    watcher.look(1200, 'car');
    expect(watcher.kinds.at(-1)).toBe('car started');
    expect(onlyStay(watcher)).toMatchObject({ id: 'stay-2', startedAt: 800 });
  });

  it('ends when nobody wants its label any more, or the camera is gone', () => {
    const unwanted = presentAt(0, 200, 400);
    unwanted.rules = { ...RULES, watches: (label) => label !== 'car' };
    expect(unwanted.look(600, 'car')).toMatchObject([{ kind: 'ended', stay: { endedAt: 600 } }]);
    const { memory } = presentAt(0, 200, 400);
    expect(close(memory, 700)).toMatchObject([{ kind: 'ended', stay: { endedAt: 700 } }]);
  });
});

it('can be dropped, and begins anew with new hits only', () => {
  const watcher = presentAt(0, 200, 400);
  expect(drop(watcher.memory, 'stay-2', 500)).toEqual({ memory: watcher.memory, turns: [] });
  const { memory, turns } = drop(watcher.memory, 'stay-1', 500);
  expect(turns).toMatchObject([{ kind: 'ended', stay: { id: 'stay-1', endedAt: 500 } }]);
  watcher.memory = memory;
  watcher.look(600, 'car');
  watcher.look(800, 'car');
  expect(watcher.kinds).toEqual(['car started']);
  watcher.look(1000, 'car');
  expect(watcher.kinds).toEqual(['car started', 'car started']);
});

it('names the surest look of each label, before and while it is there', () => {
  const watcher = new Watcher();
  for (const at of [0, 200]) watcher.look(at, 'car');
  expect(bestLooks(watcher.memory)).toMatchObject([{ sequence: 1 }]);
  watcher.look(400, 'car', 'dog');
  expect(bestLooks(watcher.memory)).toMatchObject([{ sequence: 2 }, { sequence: 2 }]);
});

const frames = fc.array(
  fc.record({
    after: fc.constantFrom(200, 200, 200, 200, 100, 900),
    labels: fc.subarray(['car', 'person', 'dog']),
    lost: fc.boolean(),
    late: fc.boolean(),
  }),
  { maxLength: 60 },
);

describe('any course of things', () => {
  it('agrees with a plain count while nothing disturbs the sight', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 80 }), (seen) => {
        const watcher = new Watcher();
        let present = false;
        let absent = 0;
        let recent: boolean[] = [];
        for (const [index, hit] of seen.entries()) {
          watcher.look(index * PERIOD_MS, ...(hit ? ['car'] : []));
          recent = [...recent, hit].slice(-5);
          absent = hit ? 0 : absent + 1;
          if (present && absent * PERIOD_MS >= RULES.endAfterMs) [present, recent] = [false, []];
          if (!present && recent.filter(Boolean).length >= 3) present = true;
          expect(watcher.memory.labels.some(({ stay }) => stay !== null)).toBe(present);
        }
      }),
    );
  });

  it('is the same when frames come twice and the memory goes through JSON', () => {
    fc.assert(
      fc.property(frames, (course) => {
        const [once, twice] = [new Watcher(), new Watcher()];
        let at = 0;
        const looks = course.map(({ after, labels, late }, index) => ({
          ...lookAt((at += after), index, labels),
          late,
        }));
        for (const [index, now] of looks.entries()) {
          once.take(now);
          twice.take(now);
          twice.memory = JSON.parse(JSON.stringify(twice.memory)) as PresenceMemory;
          for (const old of looks.slice(Math.max(0, index - 3), index + 1)) twice.take(old);
        }
        expect(twice.memory).toEqual(once.memory);
        expect(twice.turns).toEqual(once.turns);
      }),
    );
  });

  it('starts and ends in turn, never ends blind, and never goes back in time', () => {
    fc.assert(
      fc.property(frames, (course) => {
        const watcher = new Watcher();
        const states = new Map<string, Stay>();
        let at = 0;
        for (const { after, labels, lost, late } of course) {
          if (lost) {
            expect(watcher.loseSight('gone').every(({ kind }) => kind === 'uncertain')).toBe(true);
          }
          at += after;
          const turns = late ? watcher.lookLate(at, ...labels) : watcher.look(at, ...labels);
          for (const { kind, stay } of turns) {
            const before = states.get(stay.id);
            expect(before === undefined).toBe(kind === 'started');
            expect(before?.state).not.toBe('ended');
            if (before !== undefined) {
              expect(stay.startedAt).toBe(before.startedAt);
              expect(stay.lastSeenAt).toBeGreaterThanOrEqual(before.lastSeenAt);
              expect(stay.results).toBeGreaterThanOrEqual(before.results);
              if (late) expect(stay).toMatchObject({ state: 'uncertain', results: before.results });
            }
            if (kind === 'ended') expect((stay.endedAt ?? 0) - stay.lastSeenAt).toBeGreaterThan(0);
            states.set(stay.id, stay);
          }
          for (const { stay } of watcher.memory.labels) {
            if (stay !== null) expect(stay.state).toBe(late ? 'uncertain' : 'active');
          }
        }
      }),
    );
  });
});
