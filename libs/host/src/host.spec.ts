import { execFileSync } from 'node:child_process';
import { ManualClock } from '@lookout/timing';
import { describe, expect, it } from 'vitest';
import { frameAge, hostClock, hostId } from './host.ts';

describe('host', () => {
  it('shares its monotonic time with other processes of this boot', () => {
    const before = hostClock().monotonic();
    const script = 'console.log(Number(process.hrtime.bigint()) / 1e6)';
    const other = Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
    expect(other).toBeGreaterThan(before);
    expect(other).toBeLessThan(hostClock().monotonic());
    expect(hostId()).toBe(hostId());
  });

  it('measures ages by the monotonic clock here and by wall clocks from elsewhere', () => {
    const clock = new ManualClock(1_000_000);
    const frame = { capturedAt: clock.now(), capturedMonotonic: clock.monotonic(), host: 'a' };
    clock.advance(40);
    clock.setWall(1_000_500);
    expect(frameAge(frame, clock, 'a')).toBe(40);
    expect(frameAge(frame, clock, 'b')).toBe(500);
    clock.setWall(0);
    expect(frameAge(frame, clock, 'b')).toBe(0);
  });
});
