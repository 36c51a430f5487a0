import { expect, it } from 'vitest';
import { processorMs } from './processor-time.ts';

it('grows with what this process computes, and is nothing for one that is gone', () => {
  const before = processorMs(process.pid);
  const used = process.cpuUsage();
  let spent = 0;
  while (spent < 200_000) {
    for (let i = 0; i < 1e6; i += 1) Math.sqrt(i);
    const { user, system } = process.cpuUsage(used);
    spent = user + system;
  }
  expect(processorMs(process.pid) - before).toBeGreaterThanOrEqual(180);
  expect(processorMs(2 ** 30)).toBe(0);
});
