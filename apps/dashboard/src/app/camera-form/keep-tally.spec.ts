import { describe, expect, it } from 'vitest';
import { exampleDetection, exampleResult } from '../../testing/examples.ts';
import { keepTally } from './keep-tally.ts';

const result = (capturedAt: number, ...found: [string, number][]) =>
  exampleResult({
    capturedAt,
    detections: found.map(([label, confidence]) => exampleDetection({ label, confidence })),
  });

describe('keepTally', () => {
  it('counts by class and by confidence what would stay', () => {
    const results = [
      result(1000, ['car', 0.62], ['person', 1]),
      result(3000, ['car', 0.41]),
      result(2000),
    ];
    const tally = keepTally(results, ({ confidence }) => confidence >= 0.5);
    expect(tally).toMatchObject({ results: 3, spanMs: 2000, found: 3, kept: 2 });
    expect(tally.classes).toEqual([
      { label: 'car', found: 2, kept: 1 },
      { label: 'person', found: 1, kept: 1 },
    ]);
    const filled = tally.bars.flatMap((bar, index) =>
      bar.kept + bar.dropped === 0 ? [] : [[index * 5, bar.kept, bar.dropped]],
    );
    expect(filled).toEqual([
      [40, 0, 1],
      [60, 1, 0],
      [95, 1, 0],
    ]);
  });

  it('is empty before the first result', () => {
    expect(keepTally([], () => true)).toMatchObject({ results: 0, spanMs: 0, found: 0, kept: 0 });
  });
});
