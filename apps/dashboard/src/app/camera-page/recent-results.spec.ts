import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from 'vitest';
import { exampleCamera, exampleResult } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { RecentResults } from './recent-results.ts';

async function setUp() {
  const { watches } = setUpPage();
  const watch = watches.of(exampleCamera());
  const fixture = TestBed.createComponent(RecentResults);
  fixture.componentRef.setInput('watch', watch);
  const element = fixture.nativeElement as HTMLElement;
  const arrive = async (...sequences: number[]) => {
    for (const sequence of sequences) watch.detections(exampleResult({ sequence }));
    watch.refresh();
    await fixture.whenStable();
  };
  await arrive();
  const frames = () =>
    [...element.querySelectorAll('tbody td:nth-child(2)')].map((cell) => cell.textContent);
  const toggle = async () => {
    element.querySelector<HTMLButtonElement>('[aria-pressed]')?.click();
    await fixture.whenStable();
  };
  return { element, arrive, frames, toggle };
}

describe('RecentResults', () => {
  it('lists the newest results first', async () => {
    const { element, arrive, frames } = await setUp();
    expect(element.textContent).toContain('No result has come');
    await arrive(6, 12, 18);
    expect(frames()).toEqual(['18', '12', '6']);
  });

  it('holds still while it is paused, and says how many came since', async () => {
    const { element, arrive, frames, toggle } = await setUp();
    await arrive(6, 12);
    await toggle();
    await arrive(18, 24, 30);
    expect(frames()).toEqual(['12', '6']);
    expect(element.querySelector('[role=status]')?.textContent).toBe('paused, 3 newer');
    await toggle();
    expect(frames()).toEqual(['30', '24', '18', '12', '6']);
    expect(element.querySelector('[role=status]')).toBeNull();
  });
});
