import { ManualClock } from '@lookout/timing';
import { beforeEach, expect, it } from 'vitest';
import { RedisWatch } from './redis-watch.ts';

let clock: ManualClock;
let lines: string[];
let watch: RedisWatch;

beforeEach(() => {
  clock = new ManualClock();
  lines = [];
  const note = (_fields: object, line: string): void => void lines.push(line);
  watch = new RedisWatch(clock, { debug: note, info: note, warn: note, error: note });
});

it('writes one line when Redis goes away and one when it is back', async () => {
  watch.answered();
  for (let attempt = 0; attempt < 5; attempt += 1) {
    void watch.failed(new Error(`refused ${String(attempt)}`));
    await clock.advanceAsync(1000);
  }
  expect(watch.there).toBe(false);
  watch.answered();
  watch.answered();
  expect(watch.there).toBe(true);
  expect(lines).toEqual([
    'Redis does not answer (refused 0); trying again until it does',
    'Redis answers again',
  ]);
});

it('tries ever more rarely, once a second at least', async () => {
  const tries: number[] = [];
  void watch.insist(() => {
    tries.push(clock.monotonic());
    return Promise.reject(new Error('refused'));
  }, 10_000);
  await clock.advanceAsync(9000);
  const pauses = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
  expect(pauses.slice(0, 5)).toEqual([100, 200, 400, 800, 1000]);
  expect(pauses.at(-1)).toBe(1000);
});

it('insists until it works, until it is too late, or until nobody wants it any more', async () => {
  let left = 3;
  const third = watch.insist(() => {
    left -= 1;
    return left > 0 ? Promise.reject(new Error('refused')) : Promise.resolve('done');
  }, 10_000);
  await clock.advanceAsync(1000);
  expect(await third).toBe('done');

  const never = (): Promise<string> => Promise.reject(new Error('refused'));
  const late = watch.insist(never, clock.monotonic() + 500);
  await clock.advanceAsync(2000);
  expect(await late).toBeUndefined();

  const unwanted = watch.insist(never, Infinity);
  watch.giveUp();
  expect(await unwanted).toBeUndefined();
});
