import { expect, it } from 'vitest';
import { windowWith, windowWithoutResults } from '../window.fixture.ts';
import { type EfficiencyWindows, judgeEfficiency, tableOf } from './judge.ts';

const { booksBefore } = windowWith();
const spare = windowWith({ booksAfter: { ...booksBefore, overwritten: 41 } });
const bare = (perSecond: number) => [{ perSecond, camera: windowWithoutResults() }];

function windows(changes: Partial<EfficiencyWindows>): EfficiencyWindows {
  return {
    repeat: 2,
    worker: [{ ...spare, detectedPerSecond: 9 }],
    own: { threads: 2, spinning: false },
    bare: bare(20),
    best: { threads: 2, spinning: true },
    fastest: bare(24),
    ...changes,
  };
}

it("counts every inference, and holds the worker against the same session's bare loop", () => {
  const [efficient, frames] = judgeEfficiency(windows({}));
  expect(efficient).toMatchObject({
    found: '0.900; 0.750 of the fastest setting (2 threads, spinning)',
    holds: true,
  });
  expect(frames).toMatchObject({ found: '40 overwritten at least', holds: true });
  expect(judgeEfficiency(windows({ bare: bare(20.5) }))[0]?.holds).toBe(false);
});

it('says when the worker had no frames to spare, and when nothing was measured', () => {
  expect(judgeEfficiency(windows({ worker: [windowWith()] }))[1]?.holds).toBe(false);
  const nothing = judgeEfficiency(windows({ worker: [], bare: [] }));
  expect(nothing.map(({ holds }) => holds)).toEqual([null, null]);
});

it('shows all three beside the picture that they left', () => {
  expect(tableOf(windows({})).map(([name, speed]) => [name, speed])).toEqual([
    ['', 'inferences/s'],
    ['bare loop, 2 threads', '20.00'],
    ['fastest, 2 threads, spinning', '24.00'],
    ['worker, repeat 2', '18.00'],
  ]);
});
