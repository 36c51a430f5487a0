import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildStep } from './build.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lookout-build-'));
  for (const file of ['package-lock.json', 'tsconfig.base.json', 'nx.json']) write(file, '{}');
  write('apps/api/src/main.ts', 'one');
  write('apps/worker/src/main.ts', 'one');
  write('libs/timing/src/clock.ts', 'one');
  write('libs/timing/src/clock.spec.ts', 'one');
  // Builds what it is told to, and keeps a list.
  write(
    'node_modules/.bin/nx',
    `const { appendFileSync, mkdirSync } = require('node:fs');
     const names = process.argv[process.argv.indexOf('-p') + 1];
     if (names.includes('dashboard')) { console.log('no such thing'); process.exit(1); }
     for (const name of names.split(',')) mkdirSync('dist/apps/' + name, { recursive: true });
     appendFileSync('built', names + '\\n');`,
  );
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

const step = () => buildStep(root, ['api', 'worker']);
const build = () => step().run(new AbortController().signal);

test('builds once, and nothing while nothing changes', async () => {
  expect(step().needed()).toBe('api, worker');
  await build();
  expect(step().needed()).toBeUndefined();
  expect(readFileSync(join(root, 'built'), 'utf8')).toBe('api,worker\n');
});

test.each([
  ['an application of its own', 'apps/worker/src/main.ts', 'worker'],
  ['a library', 'libs/timing/src/clock.ts', 'api, worker'],
  ['the packages', 'package-lock.json', 'api, worker'],
  ['a test', 'libs/timing/src/clock.spec.ts', undefined],
])('a change of %s makes stale what it goes into', async (_, path, stale) => {
  await build();
  write(path, '{ "two": 2 }');
  expect(step().needed()).toBe(stale);
});

test('what was built and is gone is built again', async () => {
  await build();
  rmSync(join(root, 'dist/apps/api'), { recursive: true });
  expect(step().needed()).toBe('api');
});

test('a build that fails counts for nothing and says why', async () => {
  write('apps/dashboard/src/main.ts', 'one');
  const all = buildStep(root, ['api', 'dashboard']);
  await expect(all.run(new AbortController().signal)).rejects.toThrow('no such thing');
  expect(all.needed()).toBe('api, dashboard');
});
