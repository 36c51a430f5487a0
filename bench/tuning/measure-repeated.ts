import { ProcessorMeter, processorMs } from '../measure/processor-time.ts';
import type { ContestWindow } from './contest.ts';

/**
 * Does something over and over for a while, here or asked for here.
 * @param pids - other processes that work for it, by name
 */
export async function measureRepeated(
  seconds: number,
  once: () => unknown,
  pids: Readonly<Record<string, number>> = {},
): Promise<ContestWindow> {
  const all = [process.pid, ...Object.values(pids)];
  const used = (): number => all.reduce((sum, pid) => sum + processorMs(pid), 0);
  const meter = new ProcessorMeter(pids);
  const before = used();
  const start = performance.now();
  const end = start + seconds * 1000;
  let times = 0;
  do {
    await once();
    times += 1;
  } while (performance.now() < end);
  const elapsed = performance.now() - start;
  return {
    perSecond: (1000 * times) / elapsed,
    processorMs: (used() - before) / times,
    othersPercent: meter.percent()['others'] ?? NaN,
  };
}
