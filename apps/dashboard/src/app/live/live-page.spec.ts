import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleCamera } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { Cameras } from '../cameras/cameras.ts';
import { Session } from '../session/session.ts';
import { Arrangement } from './arrangement.ts';
import { LivePage } from './live-page.ts';

const names = ['gate', 'yard', 'roof', 'lift'];

async function setUp(cameras = names.map((id) => exampleCamera({ id, name: id }))) {
  const page = setUpPage(cameras);
  const fixture = TestBed.createComponent(LivePage);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  document.body.append(element);
  const tiles = () => [...element.querySelectorAll<HTMLElement>('lo-tile')];
  const press = async (key: string) => {
    const target = document.activeElement ?? element;
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await fixture.whenStable();
  };
  const focused = () => document.activeElement?.getAttribute('data-camera');
  return { ...page, fixture, element, tiles, press, focused };
}

beforeEach(() => {
  localStorage.clear();
});

describe('LivePage', () => {
  it('has a tile for each camera, one of them in the order of tabs', async () => {
    const { tiles } = await setUp();
    expect(tiles().map(({ dataset }) => dataset['testid'])).toEqual(
      names.map((id) => `tile-${id}`),
    );
    expect(tiles().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1, -1]);
  });

  it('offers one sentence and one button while there is no camera', async () => {
    const { element } = await setUp([]);
    expect(element.querySelectorAll('p')).toHaveLength(1);
    const link = element.querySelector('a');
    expect([link?.textContent, link?.getAttribute('href')]).toEqual([
      'Add a camera',
      '/add-camera',
    ]);
  });

  it('offers nothing to a viewer that a viewer may not do', async () => {
    const { fixture, element } = await setUp([]);
    TestBed.inject(Session).role.set('viewer');
    await fixture.whenStable();
    expect(element.querySelectorAll('a, button')).toHaveLength(0);
    expect(element.textContent).toContain('no camera that you may see');
  });

  it('says that it loads, and why that takes so long', async () => {
    const { fixture, element } = await setUp();
    TestBed.inject(Cameras).told.set(null);
    await fixture.whenStable();
    expect(element.textContent).toContain('Loading cameras…');
    TestBed.inject(Cameras).problem.set('Lookout does not answer.');
    await fixture.whenStable();
    expect(element.querySelector('[role=alert]')?.textContent).toContain('does not answer');
  });

  it('is driven by keys', async () => {
    const { tiles, press, focused, watches, fixture } = await setUp();
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    tiles()[0]?.focus();
    await press('ArrowRight');
    expect(focused()).toBe('yard');
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(focused()).toBe('gate');
    const gate = watches.of(exampleCamera());
    await press('e');
    expect(gate.mode()).toBe('exact');
    await press('B');
    expect(gate.boxes()).toBe(false);
    await press('Enter');
    expect(navigate).toHaveBeenCalledExactlyOnceWith(['/cameras', 'gate']);
    fixture.destroy();
  });

  it('takes a tile along with Shift and an arrow, keeps it in focus, and remembers', async () => {
    const { tiles, focused, fixture } = await setUp();
    tiles()[0]?.focus();
    const press = new KeyboardEvent('keydown', {
      key: 'ArrowRight',
      shiftKey: true,
      bubbles: true,
    });
    document.activeElement?.dispatchEvent(press);
    await fixture.whenStable();
    expect(tiles().map(({ dataset }) => dataset['camera'])).toEqual([
      'yard',
      'gate',
      'roof',
      'lift',
    ]);
    expect(focused()).toBe('gate');
    expect(localStorage.getItem('lookout.order')).toBe('["yard","gate","roof","lift"]');
    fixture.destroy();
  });

  it('leaves out cameras that are off when told to, and says so when none is left', async () => {
    const off = exampleCamera({ id: 'shed', name: 'Shed', enabled: false });
    const { fixture, element, tiles } = await setUp([off, exampleCamera()]);
    const arrangement = TestBed.inject(Arrangement);
    const shown = () => tiles().map(({ dataset }) => dataset['camera']);
    expect(shown()).toEqual(['shed', 'gate']);
    arrangement.showOff(false);
    await fixture.whenStable();
    expect(shown()).toEqual(['gate']);
    TestBed.inject(Cameras).told.set([off]);
    await fixture.whenStable();
    expect(element.textContent).toContain('Every camera is switched off.');
    element.querySelector<HTMLButtonElement>('.empty button')?.click();
    await fixture.whenStable();
    expect(shown()).toEqual(['shed']);
  });

  it('marks the demo as one until that is known', async () => {
    const source = { type: 'file', path: 'vtest.mp4' } as const;
    const { fixture, element } = await setUp([exampleCamera({ id: 'demo', source })]);
    expect(element.querySelector('lo-demo-line')?.textContent).toContain('This is a demo');
    element.querySelector<HTMLButtonElement>('[aria-label="Dismiss the demo note"]')?.click();
    await fixture.whenStable();
    expect(element.querySelector('lo-demo-line')?.textContent.trim()).toBe('');
    expect(localStorage.getItem('lookout.demo-note')).toBe('dismissed');
  });
});
