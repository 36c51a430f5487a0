import { ManualClock } from '@lookout/timing';
import { describe, expect, it } from 'vitest';
import { SignInLimiter } from './sign-in-limiter.ts';

describe('SignInLimiter', () => {
  it('bears ten failures a minute from one address, and says how long to wait', () => {
    const clock = new ManualClock();
    const limiter = new SignInLimiter(clock);
    for (let failure = 0; failure < 10; failure += 1) {
      expect(limiter.failed('a')).toBe(0);
      clock.advance(1000);
    }
    expect(limiter.failed('a')).toBe(50);
    expect(limiter.failed('b')).toBe(0);
    clock.advance(49_000);
    expect(limiter.failed('a')).toBe(1);
    clock.advance(1000);
    expect(limiter.failed('a')).toBe(0);
    expect(limiter.failed('a')).toBe(1);
  });

  it('remembers a bounded number of addresses', () => {
    const limiter = new SignInLimiter(new ManualClock());
    for (let failure = 0; failure < 10; failure += 1) limiter.failed('old');
    for (let address = 0; address < 10_000; address += 1) limiter.failed(String(address));
    expect(limiter.failed('old')).toBe(0);
  });
});
