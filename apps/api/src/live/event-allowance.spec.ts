import { ManualClock } from '@lookout/timing';
import { expect, it } from 'vitest';
import { EventAllowance } from './event-allowance.ts';

it('allows a burst, then a steady rate, and never saves up more than a burst', () => {
  const clock = new ManualClock();
  const allowance = new EventAllowance(clock);
  const spend = (times: number) => Array.from({ length: times }, () => allowance.spend());
  const allowed = (times: number) => spend(times).filter(Boolean).length;
  expect(allowed(1000)).toBe(200);
  clock.advance(1000);
  expect(allowed(1000)).toBe(50);
  clock.advance(3_600_000);
  expect(allowed(1000)).toBe(200);
});
