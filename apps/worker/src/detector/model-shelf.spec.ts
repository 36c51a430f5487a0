import { ManualClock } from '@lookout/timing';
import { beforeEach, expect, it } from 'vitest';
import type { LoadedModel } from './inspector.ts';
import { ModelShelf } from './model-shelf.ts';

let clock: ManualClock;
let inMemory: string[];
let loads: (string | null)[];
let missing: Set<string>;
let shelf: ModelShelf;

beforeEach(() => {
  clock = new ManualClock();
  inMemory = [];
  loads = [];
  missing = new Set(['nonsuch']);
  shelf = new ModelShelf(clock, {
    load(model): Promise<LoadedModel> {
      loads.push(model);
      const id = model ?? 'standard';
      if (missing.has(id)) return Promise.reject(new Error(`no model ${id}`));
      inMemory.push(id);
      return Promise.resolve({ id, threads: 1, chosen: 'tuned', notes: [], trialMs: 50 });
    },
    unload(model): Promise<void> {
      inMemory = inMemory.filter((id) => id !== model);
      return Promise.resolve();
    },
  });
});

it('loads a model once, and knows the default one by both of its names', async () => {
  expect((await shelf.load(null)).id).toBe('standard');
  await shelf.load(null);
  await shelf.load('standard');
  await shelf.load('small');
  await shelf.load('small');
  expect(loads).toEqual([null, 'small']);
  expect(shelf.models()).toEqual(['standard', 'small']);
});

it('keeps three in memory: the default one and those used last', async () => {
  await shelf.load(null);
  await shelf.load('small');
  await shelf.load('large');
  await shelf.load('small');
  await shelf.load('huge');
  expect(inMemory.toSorted()).toEqual(['huge', 'small', 'standard']);
  expect(shelf.models()).toEqual(['standard', 'small', 'huge']);
});

it('says why a model cannot be loaded, and looks again only after a while', async () => {
  await shelf.load(null);
  await expect(shelf.load('nonsuch')).rejects.toThrow('no model nonsuch');
  await expect(shelf.load('nonsuch')).rejects.toThrow('no model nonsuch');
  expect(loads).toEqual([null, 'nonsuch']);
  missing.clear();
  clock.advance(10_000);
  expect((await shelf.load('nonsuch')).id).toBe('nonsuch');
  expect(shelf.models()).toEqual(['standard', 'nonsuch']);
});
