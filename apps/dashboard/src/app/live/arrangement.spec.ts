import { TestBed } from '@angular/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { Arrangement, inOrder, moved } from './arrangement.ts';

const cameras = ['gate', 'yard', 'roof'].map((id) => ({ id, name: id }));
const ids = (items: { id: string }[]) => items.map(({ id }) => id);

afterEach(() => {
  localStorage.clear();
});

describe('inOrder', () => {
  it('puts known ones in their order, new ones behind, and forgets those that are gone', () => {
    expect(ids(inOrder(cameras, ['roof', 'cellar', 'gate']))).toEqual(['roof', 'gate', 'yard']);
    expect(ids(inOrder(cameras, []))).toEqual(['gate', 'yard', 'roof']);
  });
});

describe('moved', () => {
  it.each([
    [0, 2, ['b', 'c', 'a']],
    [2, 0, ['c', 'a', 'b']],
    [1, 1, ['a', 'b', 'c']],
  ])('from %i to %i', (from, to, expected) => {
    expect(moved(['a', 'b', 'c'], from, to)).toEqual(expected);
  });
});

describe('Arrangement', () => {
  it('is remembered', () => {
    const first = TestBed.inject(Arrangement);
    first.choose(9);
    first.move(cameras, 2, 0);
    first.showOff(false);
    TestBed.resetTestingModule();
    const second = TestBed.inject(Arrangement);
    expect([second.layout(), second.order()]).toEqual([9, ['roof', 'gate', 'yard']]);
    expect(second.withOff()).toBe(false);
  });

  it('does not stumble over what it cannot read', () => {
    localStorage.setItem('lookout.layout', '7');
    localStorage.setItem('lookout.order', '{broken');
    const arrangement = TestBed.inject(Arrangement);
    expect([arrangement.layout(), arrangement.order()]).toEqual(['auto', []]);
  });

  it('keeps a tile at the edge where it is', () => {
    const arrangement = TestBed.inject(Arrangement);
    arrangement.move(cameras, 2, 3);
    expect(arrangement.order()).toEqual([]);
  });
});
