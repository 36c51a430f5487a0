import { expect, it } from 'vitest';
import { formatFinding, judge } from './finding.ts';

it('says of a claim whether it holds', () => {
  expect(judge('fast', [1], '1 s', true)).toEqual({ claim: 'fast', found: '1 s', holds: true });
  expect(judge('fast', [9], '9 s', false).holds).toBe(false);
});

it('never lets a claim hold that rests on a missing figure', () => {
  const missing = { claim: 'fast', found: 'not measured', holds: null };
  expect(judge('fast', [1, NaN], 'NaN s', true)).toEqual(missing);
  expect(judge('fast', [], '', true)).toEqual(missing);
  expect(formatFinding(missing)).toBe('unknown  fast: not measured');
});
