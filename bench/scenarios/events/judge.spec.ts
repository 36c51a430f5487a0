import { expect, it } from 'vitest';
import type { CameraWindow } from '../../measure/camera-window.ts';
import { windowWith } from '../window.fixture.ts';
import { type EventLevel, judgeEvents, keptPerTenThousand, sufferings, tableOf } from './judge.ts';

function level(perSecond: number, changes: Partial<CameraWindow> = {}, missed = 0): EventLevel {
  const began = perSecond * 10;
  const happened = { began, told: began - missed, delay: { p50: 80, p95: 150 } };
  return { perSecond, windows: [{ camera: windowWith(changes), happened }] };
}

it('names what suffers beside the same camera while nothing happens', () => {
  const quiet = level(0);
  expect(sufferings(level(20), quiet)).toEqual([]);
  expect(sufferings(level(20, { livePerSecond: 14 }), quiet)).toEqual(['live rate']);
  expect(sufferings(level(20, { longestGapMs: 250 }), quiet)).toEqual(['live gap']);
  expect(sufferings(level(20, { detectedPerSecond: 4.7 }), quiet)).toEqual(['results']);
  expect(sufferings(level(20, { age: { p50: 60, p95: 600 } }), quiet)).toEqual(['result age']);
});

it('claims nothing of more than a busy site, but misses no event at any rate', () => {
  const verdicts = (levels: readonly EventLevel[]): (boolean | null)[] =>
    judgeEvents(levels).map(({ holds }) => holds);
  const slow = { livePerSecond: 12 };
  expect(verdicts([level(0), level(20), level(240, slow)])).toEqual([true, true]);
  expect(verdicts([level(0), level(20, slow)])).toEqual([false, true]);
  expect(verdicts([level(0), level(240, slow, 1)])).toEqual([true, false]);
  expect(verdicts([level(0)])).toEqual([true, null]);
});

it('shows each rate with what it costs, and what events take of the disk', () => {
  const [, , row] = tableOf([level(0), level(240, { livePerSecond: 12 })]);
  expect(row).toEqual(
    ['240', '12.00', '80 ms', '5.00', '90 ms', '80 ms', '150 ms'].concat([
      '4 %',
      '50 %',
      '1 %',
      '2 %',
      'live rate',
    ]),
  );
  const kept = { events: 5000, databaseBytes: 2 ** 20, budgetBytes: 2 ** 24 };
  expect(keptPerTenThousand(kept)).toBe(
    '10,000 events take 2.0 MiB of database; rows and pictures count as 32.0 MiB',
  );
});
