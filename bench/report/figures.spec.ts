import { expect, it } from 'vitest';
import { bytes, ms, rate } from './figures.ts';

it('writes figures with their units, and a dash for what was not measured', () => {
  expect([ms(12.4), rate(5), bytes(3 * 2 ** 20)]).toEqual(['12 ms', '5.00', '3.0 MiB']);
  expect(bytes(36_000)).toBe('35 KiB');
  expect([ms(NaN), rate(NaN), bytes(NaN)]).toEqual(['–', '–', '–']);
});
