import { ManualClock } from '@lookout/timing';
import { expect, it } from 'vitest';
import { FrameBell } from './frame-bell.ts';

/** How long the bell waits when nobody rings. */
async function waitOf(bell: FrameBell, clock: ManualClock): Promise<number> {
  const start = clock.monotonic();
  let end: number | undefined;
  void bell.wait().then(() => (end = clock.monotonic()));
  while (end === undefined) await clock.advanceAsync(1);
  return end - start;
}

it('polls soon after work and ever more rarely while idle, but five times a second at least', async () => {
  const clock = new ManualClock();
  const bell = new FrameBell(clock);
  const waits: number[] = [];
  for (let poll = 0; poll < 8; poll += 1) waits.push(await waitOf(bell, clock));
  expect(waits[0]).toBeLessThanOrEqual(50);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBeLessThanOrEqual(201);
  bell.worked();
  expect(await waitOf(bell, clock)).toBe(waits[0]);
});

it('wakes at a ring, also at one that came while nobody waited', async () => {
  const clock = new ManualClock();
  const bell = new FrameBell(clock);
  let woken = 0;
  void bell.wait().then(() => (woken += 1));
  await clock.advanceAsync(0);
  expect(woken).toBe(0);
  bell.ring();
  await clock.advanceAsync(0);
  expect(woken).toBe(1);
  bell.ring();
  bell.ring();
  await bell.wait();
  expect(clock.monotonic()).toBe(0);
  expect(await waitOf(bell, clock)).toBeGreaterThan(0);
});

it('waits no more once it is silenced', async () => {
  const clock = new ManualClock();
  const bell = new FrameBell(clock);
  const waiting = bell.wait();
  bell.silence();
  await waiting;
  await bell.wait();
  expect(clock.monotonic()).toBe(0);
});
