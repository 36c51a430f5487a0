import { TestBed } from '@angular/core/testing';
import type { Camera } from '@lookout/contracts';
import { expect, it } from 'vitest';
import { exampleCamera, exampleEvent, exampleStatus } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { DayEvents } from './day-events.ts';
import { DayTimeline } from './day-timeline.ts';
import { dayBeside, dayOf } from './span.ts';

function show(...cameras: Camera[]) {
  const page = setUpPage(cameras, [DayEvents]);
  const { items, whole } = TestBed.inject(DayEvents);
  whole.set(true);
  const today = dayOf(page.clock.now());
  const fixture = TestBed.createComponent(DayTimeline);
  const inputs = { span: today, cameraId: null, label: 'dog', chosen: null };
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  const element = fixture.nativeElement as HTMLElement;
  const words = (selector: string) =>
    Array.from(element.querySelectorAll(selector), ({ textContent }) => textContent.trim());
  return { ...page, items, today, fixture, element, words };
}

it('lets no empty row, and no empty stretch, say that nothing was there', async () => {
  const yard = exampleCamera({ id: 'yard', name: 'Yard' });
  const { watches, items, today, fixture, words } = show(exampleCamera(), yard);
  watches.of(yard).heard(exampleStatus({ cameraId: 'yard' }));
  watches.of(yard).refresh();
  items.set([exampleEvent()]);
  await fixture.whenStable();
  expect(words('.note')).toEqual(['no event; it is being looked at now']);
  fixture.componentRef.setInput('span', dayBeside(today, -1));
  await fixture.whenStable();
  expect(words('.note')).toEqual(['no event; whether anybody looked is not recorded']);
  expect(words('.legend')[0]).toContain('empty: no event, or not looked');
});

it('says of the event that is pointed at what became of it', async () => {
  const { items, fixture, element, words } = show(exampleCamera());
  items.set([exampleEvent({ state: 'active', endedAt: null })]);
  await fixture.whenStable();
  const row = element.querySelector('[role=slider]');
  row?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End' }));
  await fixture.whenStable();
  const said = () => [row?.getAttribute('aria-valuetext'), ...words('.pointed')];
  expect(said()).toEqual(Array(2).fill('car at Gate, 08:00:00, for 1 min, active'));
  items.set([exampleEvent()]);
  await fixture.whenStable();
  expect(said()).toEqual(Array(2).fill('car at Gate, 08:00:00, 1 min, ended'));
  items.set([]);
  await fixture.whenStable();
  expect(said().join()).not.toContain('car');
});
