import { expect, it } from 'vitest';
import { ageing, judgeQueue, plotsOf, tableOf, type Way } from './judge.ts';

/** A result every second whose age follows `ageOf`, and as many frames held as `heldAt` says. */
function way(name: string, ageOf: (at: number) => number, heldAt: (at: number) => number): Way {
  const moments = Array.from({ length: 20 }, (_, index) => index + 1);
  return {
    name,
    seconds: 20,
    arrivals: moments.map((at) => ({ at, ageMs: ageOf(at), inferenceMs: 500 })),
    holdings: moments.map((at) => ({ at, frames: heldAt(at), bytes: heldAt(at) * 2 ** 20 })),
  };
}

const young = way(
  'mailbox',
  () => 600,
  () => 1,
);
const old = way(
  'list',
  (at) => 500 + 800 * at,
  (at) => 10 * at,
);

it('knows how fast results grow older', () => {
  expect(ageing(old.arrivals)).toBeCloseTo(0.8);
  expect(ageing(young.arrivals)).toBeCloseTo(0);
  expect(ageing(young.arrivals.slice(0, 1))).toBeNaN();
});

it('holds the mailbox against its bound, and the load against the list', () => {
  const verdicts = (mailbox: Way, list: Way): (boolean | null)[] =>
    judgeQueue(mailbox, list, 10).map(({ holds }) => holds);
  expect(verdicts(young, old)).toEqual([true, true, true]);
  // A list in the mailbox' place is found out, and a load that is none proves nothing.
  expect(verdicts(old, young)).toEqual([false, false, false]);
  const nothing = { ...young, arrivals: [], holdings: [] };
  expect(verdicts(nothing, nothing)).toEqual([null, null, null]);
});

it('shows the end of a list as what it held and how old it made its frames', () => {
  expect(tableOf([young, old])[2]).toEqual([
    'list',
    '1.00',
    '8500 ms',
    '15700 ms',
    '16500 ms',
    '0.80 s/s',
    '200',
    '200.0 MiB',
  ]);
  expect(plotsOf([old])[0]?.series[0]?.points.at(-1)).toEqual([20, 16.5]);
});
