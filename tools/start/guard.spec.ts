import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { Guard } from './guard.ts';
import { isAlive } from './testing.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };

function sleeper() {
  const child = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
  return { pid: child.pid ?? Number.NaN, gone: once(child, 'exit') };
}

test('ends the groups that are left when it is closed, and no other', async () => {
  const guard = new Guard();
  const [left, dropped] = [sleeper(), sleeper()];
  guard.add(left.pid);
  guard.add(dropped.pid);
  guard.drop(dropped.pid);
  await guard.close();
  await left.gone;
  expect(isAlive(dropped.pid)).toBe(true);
  process.kill(dropped.pid, 'SIGKILL');
});

test('outlives its supervisor just long enough to end what that one left behind', async () => {
  const script = fileURLToPath(new URL('../fixtures/children/guarded.ts', import.meta.url));
  const supervisor = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(supervisor.stdout, 'data')) as [Buffer];
  const pid = Number(said.toString());
  expect(isAlive(pid)).toBe(true);
  supervisor.kill('SIGKILL');
  await vi.waitFor(() => {
    expect(isAlive(pid)).toBe(false);
  }, PATIENCE);
});
