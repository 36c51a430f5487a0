import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostClock } from '@lookout/host';
import { sleep } from '@lookout/timing';
import { afterEach, describe, expect, it } from 'vitest';
import { loadBetween, readTimes } from './decoder-meter.ts';

const clock = hostClock();
const running: (() => void)[] = [];

afterEach(() => {
  for (const end of running.splice(0)) end();
});

async function loadOf(script: string) {
  const child = spawn(process.execPath, ['-e', `console.log('up'); ${script}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.push(() => child.kill('SIGKILL'));
  // Its start is work, too, and not what is measured.
  await once(child.stdout, 'data');
  await sleep(clock, 300);
  const before = await readTimes(child.pid ?? 0, clock.monotonic());
  // Long enough for a reading that comes late to weigh little.
  await sleep(clock, 2000);
  return loadBetween(before, await readTimes(child.pid ?? 0, clock.monotonic()));
}

describe('the load of a process', () => {
  it('is whole for one that computes, with its waiting for a core', async () => {
    const load = await loadOf('for (;;);');
    expect((load?.computing ?? 0) + (load?.waiting ?? 0)).toBeGreaterThan(0.85);
  });

  it('is next to nothing for one that sleeps', async () => {
    expect((await loadOf('setInterval(() => {}, 1000)'))?.computing).toBeLessThan(0.2);
  });

  it('is not known of a process that is gone', async () => {
    expect(await readTimes(2 ** 30, 0)).toBeNull();
    expect(loadBetween(null, null)).toBeNull();
  });
});
