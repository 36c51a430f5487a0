import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { measureModel, Tuning } from '@lookout/onnx-detector';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ThreadTuner, type TunerSettings } from './thread-tuner.ts';

const model = { file: 'first.onnx', labels: [], input: 64, sha256: 'a' };
const other = { ...model, file: 'other.onnx', sha256: 'b' };
const trial = { threads: 2, fastestMs: 44, medianMs: 45, processorMs: 88, runs: 10 };
const quiet: Tuning = { threads: 2, trials: [trial], othersPercent: 0 };
const measure = vi.fn<typeof measureModel>();

let tunings: string;

beforeEach(async () => {
  tunings = await mkdtemp(join(tmpdir(), 'thread-tuner-'));
  measure.mockReset().mockResolvedValue(quiet);
});

afterEach(() => rm(tunings, { recursive: true }));

function tuner(changes: Partial<TunerSettings> = {}, most = 4): ThreadTuner {
  const settings = { threads: undefined, workers: 1, tunings, ...changes };
  return new ThreadTuner(settings, Date.now, most, measure);
}

it('measures nothing when it is pinned, or when there is nothing to choose from', async () => {
  expect(await tuner({ threads: 3 }).choose(model)).toMatchObject({ threads: 3, chosen: 'pinned' });
  expect(await tuner({}, 1).choose(model)).toMatchObject({ threads: 1, chosen: 'tuned' });
  expect(measure).not.toHaveBeenCalled();
  expect(await readdir(tunings)).toEqual([]);
});

it('measures at the first start, for a few seconds, and never again', async () => {
  const first = await tuner().choose(model);
  expect(first).toMatchObject({ threads: 2, chosen: 'tuned' });
  expect(first.notes).toEqual([expect.stringMatching(/^measured in \S+ s: 2 threads 44 ms$/)]);
  expect(measure.mock.calls).toEqual([[model, { most: 4, budgetMs: 3000 }]]);
  expect(await tuner().choose(model)).toEqual({
    threads: 2,
    chosen: 'tuned',
    notes: ['as measured before: 2 threads 44 ms'],
  });
  expect(measure).toHaveBeenCalledTimes(1);
});

it('says that others disturbed it, and what to do', async () => {
  measure.mockResolvedValue({ ...quiet, othersPercent: 70 });
  const { notes } = await tuner().choose(model);
  expect(notes.join()).toContain('others took 70 % of the cores');
  expect(notes.join()).toContain('npm run models -- tune');
});

it('takes all that it may have when measuring fails, and measures at the next start', async () => {
  measure.mockRejectedValueOnce(new Error('no memory for two'));
  const { threads, notes } = await tuner().choose(model);
  expect(threads).toBe(4);
  expect(notes).toEqual(['could not be measured: no memory for two']);
  expect((await tuner().choose(model)).threads).toBe(2);
});

it('does not measure a model that comes later, while cameras wait', async () => {
  await tuner().choose(other);
  measure.mockResolvedValue({ ...quiet, threads: 4 });
  const running = tuner();
  expect((await running.choose(model)).threads).toBe(4);
  expect((await running.choose(other)).threads).toBe(2);
  expect((await running.choose({ ...model, sha256: 'c' })).threads).toBe(4);
  expect(measure).toHaveBeenCalledTimes(2);
});
