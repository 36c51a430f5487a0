import { expect, it } from 'vitest';
import { jainIndex } from './fairness.ts';

it('is 1 for equal shares, 1/n for one who has it all, and in between otherwise', () => {
  expect(jainIndex([5, 5, 5])).toBe(1);
  expect(jainIndex([9, 0, 0, 0])).toBe(0.25);
  expect(jainIndex([1, 2])).toBeCloseTo(0.9);
});

it('is nothing where nobody has anything', () => {
  expect(jainIndex([])).toBeNaN();
  expect(jainIndex([0, 0])).toBeNaN();
});
