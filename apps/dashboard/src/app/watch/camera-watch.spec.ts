import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ManualClock } from '@lookout/timing';
import { describe, expect, it, vi } from 'vitest';
import {
  exampleBooks,
  exampleCamera,
  exampleFrame,
  exampleResult,
  exampleStatus,
} from '../../testing/examples.ts';
import type { Stage } from '../picture/stage.ts';
import type { LinkState } from '../server/live-socket.ts';
import { ServerClock } from '../server/server-clock.ts';
import { CLOCK } from '../shell/clock.ts';
import { CameraWatch } from './camera-watch.ts';

function setUp() {
  const clock = new ManualClock();
  TestBed.configureTestingModule({ providers: [{ provide: CLOCK, useValue: clock }] });
  const link = signal<LinkState>('connected');
  const watch = new CameraWatch(exampleCamera(), {
    clock,
    serverClock: TestBed.inject(ServerClock),
    link,
    decode: () => new Promise(() => undefined),
  });
  const stage = { request: vi.fn(), dress: vi.fn(), annotate: vi.fn() };
  watch.show(stage as unknown as Stage);
  const frame = (sequence: number, ageMs = 10) =>
    exampleFrame({ sequence, capturedAt: clock.now() - ageMs });
  const result = (sequence: number, ageMs = 70) =>
    exampleResult({ sequence, capturedAt: clock.now() - ageMs, completedAt: clock.now() });
  return { clock, link, watch, stage, frame, result };
}

describe('CameraWatch', () => {
  it('no longer knows a state that nothing was heard of for a while', () => {
    const { clock, watch } = setUp();
    watch.heard(exampleStatus());
    clock.advance(14_000);
    watch.refresh();
    expect(watch.news()?.state).toBe('live');
    clock.advance(2000);
    watch.refresh();
    expect(watch.news()).toBeNull();
    watch.heard(exampleStatus({ state: 'stalled' }));
    watch.refresh();
    expect(watch.news()?.state).toBe('stalled');
  });

  it('measures the rate at which pictures arrive, from the first one on', () => {
    const { clock, watch, frame } = setUp();
    watch.begin();
    clock.advance(4000);
    for (let picture = 0; picture <= 75; picture += 1) {
      watch.frame(frame(picture * 2), new ArrayBuffer(0), vi.fn());
      if (picture < 75) clock.advance(1000 / 15);
    }
    watch.refresh();
    expect(watch.facts().rate).toBeCloseTo(15, 0);
    watch.pause();
    watch.refresh();
    expect(watch.facts().rate).toBe(0);
  });

  it('shows the age of a picture when it was drawn, and its age now once none follows', () => {
    const { clock, watch, frame } = setUp();
    watch.drawn(frame(2, 12));
    clock.advance(500);
    watch.refresh();
    expect(watch.facts().pictureMs).toBe(12);
    clock.advance(5000);
    watch.refresh();
    expect(watch.facts().pictureMs).toBe(5512);
  });

  it('counts up how long ago a result was seen, and calls it stale when it is', () => {
    const { clock, watch, stage, result } = setUp();
    watch.heard(exampleStatus());
    watch.detections(result(6));
    clock.advance(500);
    watch.refresh();
    expect(watch.facts()).toMatchObject({ seenMs: 570, resultMs: 70 });
    expect(watch.facts().freshness.kind).toBe('fresh');
    clock.advance(2000);
    watch.refresh();
    expect(watch.facts()).toMatchObject({ seenMs: 2570, resultMs: 70 });
    expect(stage.dress).toHaveBeenLastCalledWith('dashed', null);
  });

  it('says how much the boxes lag behind the picture, when that is more than a frame', () => {
    const { clock, watch, stage, frame, result } = setUp();
    watch.heard(exampleStatus());
    watch.detections(result(6));
    watch.drawn(frame(6, 40));
    watch.refresh();
    expect(stage.dress).toHaveBeenLastCalledWith('solid', null);
    clock.advance(300);
    watch.drawn(frame(14));
    watch.refresh();
    expect(stage.dress).toHaveBeenLastCalledWith('solid', '−0.4 s');
  });

  it('puts only its own boxes on an exact frame, and no lag', () => {
    const { watch, stage, frame, result } = setUp();
    watch.heard(exampleStatus());
    watch.mode.set('exact');
    const [older, newer] = [result(6), result(12)];
    watch.detections(older);
    watch.detections(newer);
    expect(watch.resultFor(exampleFrame({ sequence: 6 }))).toBe(older);
    expect(watch.resultFor(exampleFrame({ sequence: 9 }))).toBeUndefined();
    expect(watch.resultFor(exampleFrame({ sequence: 12, epoch: 2 }))).toBeUndefined();
    watch.drawn(frame(6));
    watch.refresh();
    expect(stage.dress).toHaveBeenLastCalledWith('solid', null);
  });

  it('leaves out what tried settings would not keep, as one object for one question', () => {
    const { watch, result } = setUp();
    const seen = result(6);
    watch.detections(seen);
    watch.keep.set(() => false);
    const left = watch.resultFor(exampleFrame());
    expect(left?.detections).toEqual([]);
    expect(watch.resultFor(exampleFrame())).toBe(left);
    watch.refresh();
    expect(watch.facts().seen).toEqual([]);
    watch.keep.set(null);
    expect(watch.resultFor(exampleFrame())).toBe(seen);
  });

  it('hides boxes that nobody wants to see', () => {
    const { watch, stage } = setUp();
    watch.heard(exampleStatus());
    watch.boxes.set(false);
    watch.refresh();
    expect(stage.dress).toHaveBeenLastCalledWith('none', null);
  });

  it('knows nothing of now while the connection is lost', () => {
    const { link, watch, stage } = setUp();
    watch.heard(exampleStatus());
    expect(watch.news()?.state).toBe('live');
    link.set('lost');
    watch.refresh();
    expect(watch.news()).toBeNull();
    expect(watch.facts().freshness.kind).toBe('unknown');
    expect(stage.dress).toHaveBeenLastCalledWith('none', null);
  });

  it('keeps a row of history for each second, with gaps where nothing was known', () => {
    const { clock, watch } = setUp();
    watch.heard(exampleStatus());
    watch.note();
    clock.advance(1000);
    watch.heard(exampleStatus({ books: exampleBooks({ overwritten: 4 }) }));
    watch.note();
    clock.advance(4000);
    watch.note();
    expect(watch.history.column('capture')).toEqual([30, 30, null]);
    expect(watch.history.column('age-published')).toEqual([70, 70, null]);
    expect(watch.history.column('missed-detector')).toEqual([null, 3, null]);
    expect(watch.history.column('here')).toEqual([null, null, null]);
  });

  it('holds no more results and rows than it may', () => {
    const { watch, result } = setUp();
    for (let sequence = 0; sequence < 500; sequence += 1) {
      watch.detections(result(sequence));
      watch.note();
    }
    expect(watch.results.list()).toHaveLength(100);
    expect(watch.history.column('time')).toHaveLength(121);
  });
});
