import { describe, expect, it } from 'vitest';
import { journeysOf } from './journeys.ts';

const at = (p50: number) => ({ p50, p95: p50 * 2, p99: p50 * 3 });
const told = (ages: Parameters<typeof journeysOf>[0]) =>
  journeysOf(ages).map(({ name, ms, steps }) => [
    `${name} ${String(ms)}`,
    ...steps.map((step) => `${step.name} ${String(step.ms)}`),
  ]);

describe('journeysOf', () => {
  it('says where the time of results and of pictures goes', () => {
    const ages = {
      ...{ offered: at(2), taken: at(8), decoded: at(10), inferred: at(58), published: at(70) },
      ...{ sent: at(1), drawn: at(14) },
    };
    expect(told(ages)).toEqual([
      ['result 70', 'wait 8', 'decode 2', 'infer 48', 'publish 12'],
      ['picture 14', 'send 1', 'draw 13'],
    ]);
  });

  it('says nothing of what is not known', () => {
    expect(told(undefined)).toEqual([]);
    expect(told({})).toEqual([]);
    expect(told({ offered: at(2) })).toEqual([]);
    expect(told({ sent: at(1) })).toEqual([['picture 1', 'send 1']]);
  });

  it('gives the time of a hop that was not measured to the next', () => {
    expect(told({ taken: at(8), published: at(70) })).toEqual([
      ['result 70', 'wait 8', 'publish 62'],
    ]);
  });

  it('never goes back in time', () => {
    expect(told({ sent: at(10), drawn: at(9) })).toEqual([['picture 10', 'send 10', 'draw 0']]);
  });
});
