import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_EVENTS, filterOf, isNarrow, queryOf, STATES } from './event-filter.ts';

const moment = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
const orNull = <Value>(some: fc.Arbitrary<Value>) => fc.option(some, { nil: null });
const filters = fc.record({
  cameraId: orNull(fc.stringMatching(/^[a-z0-9-]{1,20}$/)),
  label: orNull(fc.string({ minLength: 1 })),
  state: orNull(fc.constantFrom(...STATES)),
  from: orNull(moment),
  to: orNull(moment),
});

describe('the filter in the address', () => {
  it('comes back as it was put in', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(filterOf(new URLSearchParams(queryOf(filter)))).toEqual(filter);
      }),
    );
  });

  it('leaves out what makes no sense', () => {
    const address = new URLSearchParams('state=gone&from=yesterday&to=&cameraId=&label=');
    expect(filterOf(address)).toEqual(ALL_EVENTS);
  });

  it('is empty where everything is let through', () => {
    expect(queryOf(ALL_EVENTS)).toEqual({});
    expect(isNarrow(ALL_EVENTS)).toBe(false);
    expect(isNarrow({ ...ALL_EVENTS, from: 0 })).toBe(true);
  });
});
