import { describe, expect, it } from 'vitest';
import { ArrivalTimes } from './arrival-times.ts';

function played(gaps: readonly number[], rounds: number) {
  const times = new ArrivalTimes();
  let now = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const gap of gaps) times.note((now += gap));
  }
  return times.read(now);
}

describe('ArrivalTimes', () => {
  it('finds no fault with a steady camera, however slow, nor with some jitter', () => {
    expect(played([33], 900)).toMatchObject({ longestGapMs: 33, stalledShare: 0 });
    expect(played([200], 60)).toMatchObject({ longestGapMs: 200, stalledShare: 0 });
    expect(played([20, 60, 30, 50, 10], 100)?.stalledShare).toBe(0);
  });

  it('sees pauses between bursts, though the rate is the same', () => {
    const bursts = played([1000, ...Array<number>(29).fill(1)], 9);
    expect(bursts?.longestGapMs).toBe(1000);
    expect(bursts?.rate).toBeGreaterThan(25);
    expect(bursts?.stalledShare).toBeGreaterThan(0.8);
  });

  it('counts the present silence, forgets what is long ago, and says nothing of too little', () => {
    const times = new ArrivalTimes();
    expect(times.read(0)).toBeNull();
    for (let at = 0; at <= 5000; at += 100) times.note(at);
    expect(times.read(8000)).toMatchObject({ longestGapMs: 3000 });
    expect(times.read(20_000)).toBeNull();
  });
});
