import { expect, it } from 'vitest';
import { processorMs } from './processor-time.ts';

it('grows with what this process computes, and is nothing for one that is gone', () => {
  const before = processorMs(process.pid);
  const end = process.cpuUsage().user + 300_000;
  while (process.cpuUsage().user < end);
  expect(processorMs(process.pid) - before).toBeGreaterThanOrEqual(280);
  expect(processorMs(2 ** 30)).toBe(0);
});
