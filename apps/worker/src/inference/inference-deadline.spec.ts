import { ManualClock } from '@lookout/timing';
import { expect, it } from 'vitest';
import { InferenceDeadline } from './inference-deadline.ts';

it('is ten seconds for a model that is fast or unknown', () => {
  const deadline = new InferenceDeadline(new ManualClock());
  expect(deadline.of('unknown')).toBe(10_000);
  deadline.expect('fast', 40);
  deadline.learn('fast', 50);
  expect(deadline.of('fast')).toBe(10_000);
});

it('grows with what a slow model was seen to take, on trial and then at work', () => {
  const deadline = new InferenceDeadline(new ManualClock());
  deadline.expect('slow', 2000);
  expect(deadline.of('slow')).toBe(40_000);
  for (let frame = 0; frame < 5; frame += 1) deadline.learn('slow', 4000);
  expect(deadline.of('slow') / 80_000).toBeCloseTo(1, 1);
  deadline.expect('slow', 1);
  expect(deadline.of('slow') / 80_000).toBeCloseTo(1, 1);
});
