import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Tuning } from './tune-threads.ts';
import { TuningMemory, type TuningSubject } from './tuning-memory.ts';

const HOUR = 3_600_000;
const subject: TuningSubject = {
  processor: 'Some CPU',
  cores: 4,
  runtime: '1.2.3',
  model: 'abc',
  most: 4,
};
const trial = { threads: 4, fastestMs: 20.5, medianMs: 21, processorMs: 80, runs: 10 };
const tuning: Tuning = { threads: 4, trials: [trial], othersPercent: 3 };

let folder: string;
let now: number;
let said: string[];
let memory: TuningMemory;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tuning-memory-'));
  now = Date.parse('2026-01-01T00:00:00Z');
  said = [];
  memory = new TuningMemory(
    join(folder, 'tuning'),
    () => now,
    (line) => said.push(line),
  );
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function onlyFile(): Promise<string> {
  const [name = '', ...more] = await readdir(join(folder, 'tuning'));
  expect(more).toEqual([]);
  return join(folder, 'tuning', name);
}

it('knows nothing at first, and then what it was given, for as long as you like', async () => {
  expect(await memory.recall(subject)).toBeNull();
  await memory.keep(subject, { ...tuning, threads: 2 });
  await memory.keep(subject, tuning);
  now += 1000 * HOUR;
  expect(await memory.recall(subject)).toEqual(tuning);
  await onlyFile();
  expect(said).toEqual([]);
});

it.each([
  { processor: 'Another CPU' },
  { cores: 2 },
  { runtime: '1.2.4' },
  { model: 'def' },
  { most: 2 },
])('knows nothing of another one: %j', async (change) => {
  await memory.keep(subject, tuning);
  expect(await memory.recall({ ...subject, ...change })).toBeNull();
  expect(said).toEqual([]);
});

it('believes a measurement that others disturbed for an hour, also when the clock is set back', async () => {
  await memory.keep(subject, { ...tuning, othersPercent: 60 });
  now += HOUR;
  expect(await memory.recall(subject)).toMatchObject({ threads: 4 });
  now += 1;
  expect(await memory.recall(subject)).toBeNull();
  now -= 3 * HOUR;
  expect(await memory.recall(subject)).toBeNull();
});

it('ignores a broken file with one line, and replaces it', async () => {
  await memory.keep(subject, tuning);
  const file = await onlyFile();
  const whole = await readFile(file, 'utf8');
  const threads = (count: number) => whole.replace('"threads": 4', `"threads": ${String(count)}`);
  const broken = [whole.slice(0, 50), '', '[]', threads(0), threads(500)];
  for (const text of [...broken, whole.replace('Some CPU', 'Another CPU')]) {
    await writeFile(file, text);
    expect(await memory.recall(subject)).toBeNull();
    expect(said.splice(0)).toEqual([expect.stringMatching(/^[^\n]*is ignored$/)]);
  }
  await memory.keep(subject, tuning);
  expect(await memory.recall(subject)).toEqual(tuning);
});

it('says in one line that nothing can be kept, and goes on', async () => {
  await writeFile(join(folder, 'tuning'), 'a file where the folder should be');
  await memory.keep(subject, tuning);
  expect(said).toEqual([expect.stringMatching(/^the measurement cannot be kept, [^\n]*$/)]);
});
