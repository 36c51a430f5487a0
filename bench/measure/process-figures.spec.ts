import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow, memoryBytes, openHandles } from './process-figures.ts';

const GONE = 2 ** 30;

it('knows what this process has in memory and open', async () => {
  const before = memoryBytes(process.pid);
  const held = Buffer.alloc(64 * 2 ** 20, 1);
  expect(memoryBytes(process.pid) - before).toBeGreaterThan(held.length / 2);
  const handles = openHandles(process.pid);
  const file = await open('/dev/null');
  expect(openHandles(process.pid)).toBe(handles + 1);
  await file.close();
});

it('knows nothing of a process that is gone', () => {
  expect(memoryBytes(GONE)).toBeNaN();
  expect(openHandles(GONE)).toBeNaN();
});

it('counts files at any depth', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-files-'));
  await mkdir(join(folder, 'a/b'), { recursive: true });
  await writeFile(join(folder, 'a/b/one'), '');
  await writeFile(join(folder, 'two'), '');
  expect(filesBelow(folder)).toBe(2);
  await rm(folder, { recursive: true });
  expect(filesBelow(folder)).toBe(0);
});
