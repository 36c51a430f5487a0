import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writePlots, writeResults } from './results.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-results-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps a run as JSON and draws its plots from there, then and later', async () => {
  const series = [{ name: 'list', points: [[0, 1] as [number, number], [1, null] as [number, null]] }]; // prettier-ignore
  const plot = { name: 'age', title: 'Age', x: { label: 's' }, y: { label: 's' }, series };
  const file = writeResults(folder, {
    startedAt: '2026-01-02T03:04:05.678Z',
    arguments: {
      only: [],
      clip: undefined,
      seconds: 1,
      windows: 1,
      minutes: 1,
      quick: true,
      plots: undefined,
    },
    machine: { processor: 'p', cores: 2, memoryGiB: 4, system: 's', versions: {} },
    scenarios: {
      idle: { table: [], findings: [], measured: { age: NaN } },
      queue: { table: [], findings: [], plots: [plot], measured: null },
    },
  });
  expect(basename(file)).toBe('2026-01-02T03-04-05.json');
  const drawn = writePlots(file);
  expect(drawn.map((path) => basename(path))).toEqual(['2026-01-02T03-04-05-age.svg']);
  expect(await readFile(drawn[0] ?? '', 'utf8')).toMatch(/^<svg.*Age.*<\/svg>\n$/s);
});

it('says which file is none of its own', async () => {
  const file = join(folder, 'notes.json');
  await writeFile(file, '# notes');
  expect(() => writePlots(file)).toThrow('notes.json holds no results of the bench');
  expect(() => writePlots(join(folder, 'nowhere.json'))).toThrow('holds no results');
});
