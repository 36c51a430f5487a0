import { expect, it } from 'vitest';
import { judgeSoak, plotsOf, type Soak, type SoakSample, tableOf } from './judge.ts';

const MIB = 2 ** 20;

/** Half an hour in which the api's memory follows `memoryAt` (MiB at a minute), with a beat of noise. */
function soak(
  memoryAt: (minute: number) => number,
  changes: Partial<Soak> = {},
  seconds = 1800,
): Soak {
  const samples = Array.from({ length: seconds / 3 }, (_, index): SoakSample => {
    const at = index * 3;
    const noise = (((index * 7919) % 13) - 6) / 6;
    return {
      at,
      memory: { api: (memoryAt(at / 60) + noise) * MIB },
      handles: { api: 40 + (index % 4) },
      files: 0,
      live: 15,
    };
  });
  return { samples, churn: { done: 200, failures: [] }, deaths: [], unbalanced: 0, ...changes };
}

const verdicts = (found: Soak): (boolean | null)[] => judgeSoak(found).map(({ holds }) => holds);

it('lets memory fill up at first, and finds what grows on', () => {
  const filling = soak((minute) => 200 + Math.min(minute, 5) * 4);
  expect(verdicts(filling)).toEqual([true, true, true, true, true, true, true]);
  const leaking = judgeSoak(soak((minute) => 200 + minute / 10))[0];
  expect(leaking).toMatchObject({ claim: 'the memory of api does not grow', holds: false });
  expect(leaking?.found).toMatch(/^\+[56]\.\d MiB an hour/);
});

it('does not say that nothing grows when it looked too briefly', () => {
  expect(judgeSoak(soak(() => 200, {}, 60))[0]).toMatchObject({
    found: 'not measured',
    holds: null,
  });
  const restless = soak((minute) => 200 + 20 * Math.sin(7 * minute), {}, 300);
  expect(judgeSoak(restless)[0]).toMatchObject({
    found: expect.stringMatching(/^too short to tell/) as string,
    holds: null,
  });
});

it('finds handles and files that become more, edits that failed, and books that are wrong', () => {
  const { samples } = soak(() => 200);
  const growing = samples.map((sample) => ({
    ...sample,
    handles: { api: 40 + sample.at / 100 },
    files: Math.floor(sample.at / 600),
    live: 14,
  }));
  const churn = { done: 3, failures: ['PATCH: 500'] };
  expect(verdicts({ samples: growing, churn, deaths: ['killed'], unbalanced: 1 })).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(
    verdicts({ samples: [], churn: { done: 0, failures: [] }, deaths: [], unbalanced: 0 }),
  ).toEqual([null, null, null, null, true]);
});

it('shows where each thing began and ended, and draws it over minutes', () => {
  const found = soak((minute) => 200 + minute);
  expect(tableOf(found).map(([name, first]) => [name, first])).toEqual([
    ['', 'first'],
    ['api', '199.0 MiB'],
    ['api, handles', '40'],
    ['temporary files', '0'],
  ]);
  expect(plotsOf(found)[0]?.series[0]?.points.at(-1)?.[0]).toBeCloseTo(29.95);
});
