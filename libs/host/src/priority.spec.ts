import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';

const running: number[] = [];

afterEach(() => {
  for (const pid of running.splice(0)) process.kill(pid, 'SIGKILL');
});

/** A process that lowers itself and then makes more threads. */
async function lowered(detached: boolean): Promise<number> {
  const child = fork(new URL('priority.fixture.ts', import.meta.url), { detached });
  const pid = child.pid ?? 0;
  running.push(pid);
  await once(child, 'message');
  return pid;
}

describe.runIf(process.platform === 'linux')('on Linux', () => {
  it('lowers every thread, those that come later too', async () => {
    const pid = await lowered(false);
    const threads = readdirSync(`/proc/${String(pid)}/task`).map(Number);
    expect(threads.length).toBeGreaterThan(5);
    expect(threads.map((thread) => getPriority(thread))).toEqual(threads.map(() => 7));
  });

  const grouped = existsSync('/proc/self/autogroup');
  it.runIf(grouped)('lowers a session of its own, and no session of others', async () => {
    const niceness = (pid: number | 'self'): string =>
      readFileSync(`/proc/${String(pid)}/autogroup`, 'utf8')
        .trim()
        .split(' ')
        .at(-1) ?? '';
    const mine = niceness('self');
    expect(niceness(await lowered(true))).toBe('7');
    await lowered(false);
    expect(niceness('self')).toBe(mine);
  });
});
