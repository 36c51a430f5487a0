import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTry, RETRY_POLICY, wakePause } from './retry-policy.ts';

describe('the retries of a delivery', () => {
  it('come at 5 s, 30 s, 2 min and so on, at most an hour apart, and end within a day', () => {
    const delays: number[] = [];
    let now = 0;
    for (let tries = 1; ; tries += 1) {
      const next = nextTry(RETRY_POLICY, { createdAt: 0, now, tries, chance: 0.5 });
      if (next === null) break;
      delays.push((next - now) / 1000);
      now = next;
    }
    expect(delays.slice(0, 7)).toEqual([5, 30, 120, 600, 1800, 3600, 3600]);
    expect(Math.max(...delays)).toBe(3600);
    expect(now).toBeGreaterThan(22.5 * 3_600_000);
    expect(now).toBeLessThanOrEqual(24 * 3_600_000);
  });

  it('come sooner while others get through, and ever less so', () => {
    const pauses = [0, 1, 2, 3, 4].map((wakes) => wakePause(RETRY_POLICY, wakes) / 1000);
    expect(pauses).toEqual([0, 60, 120, 240, 480]);
  });

  it('are spread by a fifth to both sides', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, chance) => {
          const delay = RETRY_POLICY.delaysMs[Math.min(tries, 6) - 1] ?? 0;
          const at = nextTry(RETRY_POLICY, { createdAt: 0, now: 1000, tries, chance }) ?? 0;
          expect(at - 1000).toBeGreaterThanOrEqual(delay * 0.8 - 1);
          expect(at - 1000).toBeLessThanOrEqual(delay * 1.2 + 1);
        },
      ),
    );
  });
});
