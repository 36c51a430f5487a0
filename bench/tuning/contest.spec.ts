import { expect, it } from 'vitest';
import { CONTEST_HEADING, contestRows, type Contender, holdContest, ratioTo } from './contest.ts';
import { markdownTable } from './markdown-table.ts';

const window = (perSecond: number) => ({ perSecond, processorMs: 1.5, othersPercent: 12.4 });

it('lets contenders take turns, forth and back', async () => {
  const order: string[] = [];
  const contender = (name: string): Contender => ({
    name,
    measure(seconds) {
      order.push(`${name}${String(seconds)}`);
      return Promise.resolve(window(1));
    },
  });
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const contenders = [contender('a'), contender('b')];
  const results = await holdContest('letters', contenders, { seconds: 2, windows: 3, say });
  expect(order).toEqual(['a2', 'b2', 'b2', 'a2', 'a2', 'b2']);
  expect(results.map(({ windows }) => windows.length)).toEqual([3, 3]);
  expect(lines.at(-1)).toBe('letters: window 3 of 3');
});

it('compares windows of the same turn, so that a bad moment for both changes nothing', () => {
  const reference = [window(10), window(2), window(10)];
  expect(ratioTo(reference, [window(12), window(2.4), window(12)])).toBeCloseTo(1.2);
  expect(ratioTo(reference, reference)).toBe(1);
  const starved = [window(0), window(2), window(10)];
  expect(ratioTo(starved, [window(12), window(2.4), window(12)])).toBeCloseTo(1.2);
});

it('makes rows for people and for Markdown', () => {
  const besides = { 'live/s': 15, KB: 34.4 };
  const rows = contestRows([
    { name: 'default', windows: [window(10)] },
    { name: 'other | way', windows: [{ ...window(5), besides }] },
  ]);
  expect(rows).toEqual([
    ['default', '10.0', '1.00', '1.50 ms', '', '12 %'],
    ['other | way', '5.0', '0.50', '1.50 ms', 'live/s 15.00, KB 34', '12 %'],
  ]);
  expect(markdownTable([CONTEST_HEADING, ...rows]).slice(1)).toEqual([
    '| --- | --- | --- | --- | --- | --- |',
    '| default | 10.0 | 1.00 | 1.50 ms |  | 12 % |',
    '| other \\| way | 5.0 | 0.50 | 1.50 ms | live/s 15.00, KB 34 | 12 % |',
  ]);
});
