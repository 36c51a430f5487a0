import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Lookout, runToEnd } from './lookout.ts';
import { isAlive } from './process-table.ts';

const PATIENCE = { timeout: 60_000, interval: 200 };
const running: Lookout[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((lookout) => lookout.stop()));
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<Lookout> {
  const lookout = await Lookout.start(settings);
  running.push(lookout);
  return lookout;
}

test('starts again what is killed, counts it, and leaves nothing behind when it is stopped', async () => {
  const lookout = await start();
  for (const name of ['redis', 'worker-1', 'api']) {
    const before = await processOf(lookout, name);
    process.kill(before.pid ?? Number.NaN, 'SIGKILL');
    await vi.waitFor(async () => {
      const now = await processOf(lookout, name);
      expect(now).toMatchObject({ state: 'running', restarts: before.restarts + 1 });
      expect(now.pid).not.toBe(before.pid);
      expect(now.lastExit).toBe('SIGKILL');
    }, PATIENCE);
  }
  await vi.waitFor(async () => {
    expect((await lookout.system()).redis.state).toBe('connected');
  }, PATIENCE);

  const family = lookout.family();
  expect(family.length).toBeGreaterThan(4);
  const began = performance.now();
  lookout.process.kill('SIGINT');
  // Ctrl-C comes twice: from the terminal, and from npm.
  lookout.process.kill('SIGINT');
  expect(await lookout.ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(family.filter(isAlive)).toEqual([]);
  // The database, the demo's clip and the pictures of events are to be kept: no lock, no socket file.
  const left = readdirSync(lookout.dataDir).filter((name) => !name.startsWith('lookout.db'));
  expect(left.filter((name) => name !== 'events')).toEqual(['demo']);
});

test('nothing outlives a supervisor that is killed', async () => {
  const lookout = await start();
  const family = lookout.family();
  lookout.process.kill('SIGKILL');
  await vi.waitFor(() => {
    expect(family.filter(isAlive)).toEqual([]);
  }, PATIENCE);
});

test('refuses in one line what cannot run beside it', async () => {
  const lookout = await start({ LOOKOUT_WORKERS: '0' });
  const sameData = await runToEnd({ LOOKOUT_DATA_DIR: lookout.dataDir, PORT: '0' });
  expect(sameData.code).toBe(1);
  expect(sameData.output).toMatch(/^Lookout already runs with the data directory .*\n$/);

  const { port } = new URL(lookout.link);
  const otherData = join(lookout.dataDir, 'other');
  const samePort = await runToEnd({ LOOKOUT_DATA_DIR: otherData, PORT: port });
  expect(samePort.code).toBe(1);
  expect(samePort.output).toMatch(/^Another program listens on 127\.0\.0\.1:\d+: .*\n$/);
  expect(existsSync(join(otherData, 'lookout.lock'))).toBe(false);
});

test.each([
  [{ PORT: 'seven' }, [], /^Bad environment: PORT=seven: must be a whole number\n$/],
  [{ LOOKOUT_MODELL: 'x' }, [], /^Bad environment: LOOKOUT_MODELL is not a setting of Lookout\n$/],
  [{}, ['--only', 'worker'], /^--only worker needs REDIS_URL.*\n$/],
  [{}, ['--only', 'dashboard'], /^--only takes api or worker, not "dashboard".*\n$/],
  [{ LOOKOUT_MODEL: 'yolov99' }, [], /^.*yolov99.*\n$/],
])('refuses %j %j in one line', async (settings, args, line) => {
  const dataDir = join(import.meta.dirname, '../../../dist/e2e/refused');
  const defaults: Record<string, string> = {
    LOOKOUT_DATA_DIR: dataDir,
    LOOKOUT_DEMO: 'false',
    PORT: '0',
  };
  const { code, output } = await runToEnd({ ...defaults, ...settings }, ...args);
  expect(code).not.toBe(0);
  expect(output).toMatch(line);
});

async function processOf(lookout: Lookout, name: string) {
  // The api itself may be away for a moment.
  return vi.waitFor(async () => {
    const { processes } = await lookout.system();
    const found = processes.find((each) => each.name === name);
    if (found === undefined) throw new Error(`the supervisor runs no ${name}`);
    return found;
  }, PATIENCE);
}
