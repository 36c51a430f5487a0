import { expect, it } from 'vitest';
import { windowWith } from '../window.fixture.ts';
import { judgeSample, plotsOf, type SampleCell, tableOf } from './judge.ts';

const cells: SampleCell[] = [
  { place: 'a worker process', repeat: 10, window: windowWith() },
  {
    place: "the api's event loop",
    repeat: 10,
    window: windowWith({ livePerSecond: 6, longestGapMs: 900 }),
  },
];

it('judges the worker process alone, and tells of the others', () => {
  const [finding, ...more] = judgeSample(cells);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    found: "15.00/s, 80 ms; the api's event loop: 6.00/s, 900 ms",
    holds: true,
  });
});

it.each([{ livePerSecond: 14.6 }, { longestGapMs: 201 }])('misses %j', (changes) => {
  const product: SampleCell = { place: 'a worker process', repeat: 1, window: windowWith(changes) };
  expect(judgeSample([product])[0]?.holds).toBe(false);
});

it('puts each place on a line of its own', () => {
  expect(tableOf(cells)[2]?.slice(0, 5)).toEqual([
    "the api's event loop",
    '10',
    '30.00',
    '6.00',
    '900 ms',
  ]);
  const [rates, gaps] = plotsOf(cells);
  expect(rates?.series.map(({ points }) => points)).toEqual([[[10, 15]], [], [[10, 6]]]);
  expect(gaps?.series.map(({ points }) => points)).toEqual([[[10, 80]], [], [[10, 900]]]);
});
