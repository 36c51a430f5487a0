import type { Detection } from '@lookout/contracts';
import { expect, it } from 'vitest';
import { agreement } from './agreement.ts';

function thing(label: string, x: number): Detection {
  return { classId: 0, label, confidence: 0.9, box: { x, y: 0, width: 0.2, height: 0.2 } };
}

it('is one when the same things are seen at nearly the same places', () => {
  const one = [[thing('car', 0.1), thing('car', 0.5)], []];
  expect(agreement(one, one)).toBe(1);
  expect(agreement(one, [[thing('car', 0.52), thing('car', 0.12)], []])).toBe(1);
});

it('falls with what is missed, made up, misplaced or misnamed', () => {
  const one = [[thing('car', 0.1), thing('car', 0.5)]];
  expect(agreement(one, [[thing('car', 0.1)]])).toBeCloseTo(2 / 3);
  expect(agreement(one, [[...(one[0] ?? []), thing('car', 0.8)]])).toBeCloseTo(4 / 5);
  expect(agreement(one, [[thing('car', 0.1), thing('car', 0.7)]])).toBe(0.5);
  expect(agreement(one, [[thing('dog', 0.1), thing('dog', 0.5)]])).toBe(0);
  expect(agreement(one, [[thing('car', 0.1), thing('car', 0.11)]])).toBe(0.5);
  expect(agreement([[]], [[]])).toBeNaN();
});
