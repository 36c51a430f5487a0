import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { childEnvironment, SETTING_NAMES } from '@lookout/config';
import { afterAll, expect, test } from 'vitest';
import { LOOKOUT_SETTINGS, unknownSettings } from './environment.mjs';
import { tryLock } from './lock.mjs';

const BOOTSTRAP = resolve(import.meta.dirname, '../bootstrap.mjs');
const folder = mkdtempSync(join(tmpdir(), 'lookout-lock-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function bootstrap(args: readonly string[], settings: Record<string, string> = {}) {
  return spawnSync(process.execPath, [BOOTSTRAP, ...args], {
    encoding: 'utf8',
    env: childEnvironment(settings),
  });
}

test('knows the settings that the configuration knows', () => {
  const names = SETTING_NAMES.filter((name) => name.startsWith('LOOKOUT_'));
  expect(LOOKOUT_SETTINGS.toSorted()).toEqual(names.toSorted());
});

test("leaves alone what Kubernetes injects and what is another program's", () => {
  expect(
    unknownSettings({
      LOOKOUT_SERVICE_HOST: '10.0.0.1',
      LOOKOUT_PORT_7001_TCP: 'tcp://10.0.0.1:7001',
      LOOKOUT_EMPTY: '',
      PATH: '/bin',
      LOOKOUT_MODELL: 'yolov5s',
    }),
  ).toEqual(['LOOKOUT_MODELL']);
});

test('refuses an unknown setting in one line, before any work', () => {
  const { status, stdout, stderr } = bootstrap(['start'], { LOOKOUT_PROT: '7002' });
  expect({ status, stdout, stderr }).toEqual({
    status: 78,
    stdout: '',
    stderr: 'Bad environment: LOOKOUT_PROT is not a setting of Lookout\n',
  });
});

test('refuses a command that it does not know', () => {
  const { status, stderr } = bootstrap(['toString']);
  expect(status).toBe(64);
  expect(stderr).toMatch(/^usage: .*\n$/);
});

test('a lock is held by one process until it is released', () => {
  const file = join(folder, 'held');
  const lock = tryLock(file);
  expect(tryLock(file)).toEqual({ holder: process.pid });
  lock.release?.();
  expect(existsSync(file)).toBe(false);
  tryLock(file).release?.();
});

test.each([
  ['is gone', `${String(2 ** 22 + 1)} 1\n`],
  ['has another number by now', `${String(process.ppid)} 1\n`],
  ['wrote nonsense', 'nonsense'],
])('a lock does not count when its holder %s', (_, content) => {
  const file = join(folder, 'stale');
  writeFileSync(file, content);
  const lock = tryLock(file);
  expect(lock.holder).toBeUndefined();
  expect(readFileSync(file, 'utf8').startsWith(`${String(process.pid)} `)).toBe(true);
  lock.release?.();
});
