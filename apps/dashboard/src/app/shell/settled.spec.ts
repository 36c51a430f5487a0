import { describe, expect, it } from 'vitest';
import { Settled } from './settled.ts';

describe('Settled', () => {
  it('finds no news in first words or repeated ones', () => {
    const settled = new Settled(1500);
    expect(settled.news([['gate', 'live']], 0)).toEqual([]);
    expect(settled.news([['gate', 'live']], 9000)).toEqual([]);
  });

  it('says a change once, when it has held', () => {
    const settled = new Settled(1500);
    settled.news([['gate', 'live']], 0);
    const said = [500, 1000, 2000, 2500].map((now) => settled.news([['gate', 'failed']], now));
    expect(said).toEqual([[], [], ['failed'], []]);
  });

  it('keeps quiet about what comes and goes', () => {
    const settled = new Settled(1500);
    const words = ['fresh', 'stale', 'fresh', 'stale', 'fresh', 'fresh', 'fresh', 'fresh'];
    const said = words.flatMap((word, beat) => settled.news([['gate', word]], beat * 500));
    expect(said).toEqual([]);
  });
});
