import { expect, it } from 'vitest';
import { type EventPageFound, judgeEventPage, type Scroll, tableOf } from './judge.ts';

const scroll = (name: string, changes: Partial<Scroll> = {}): Scroll => ({
  ...{ name, frames: [16, 17, 17, 30], elements: 900, heap: 2 ** 24 },
  ...changes,
});

const found = (changes: Partial<EventPageFound> = {}): EventPageFound => ({
  ...{ reference: scroll('plain'), slow: scroll('slow'), fast: scroll('fast') },
  ...{ events: 10_000, reached: 10_000 },
  ...changes,
});

it('judges jerks, what piles up, and whether the end is reached', () => {
  const verdicts = (changes: Partial<EventPageFound>): (boolean | null)[] =>
    judgeEventPage(found(changes)).map(({ holds }) => holds);
  expect(verdicts({})).toEqual([true, true, true]);
  expect(verdicts({ slow: scroll('slow', { frames: [16, 50] }) })).toEqual([false, true, true]);
  expect(verdicts({ fast: scroll('fast', { elements: 2000 }) })).toEqual([true, false, true]);
  expect(verdicts({ reached: 9999 })).toEqual([true, true, false]);
  expect(verdicts({ slow: scroll('slow', { frames: [] }) })).toEqual([null, true, true]);
});

it('shows each way to scroll', () => {
  expect(tableOf(found())[2]).toEqual(['slow', '4', '17 ms', '30 ms', '30 ms', '900', '16.0 MiB']);
});
