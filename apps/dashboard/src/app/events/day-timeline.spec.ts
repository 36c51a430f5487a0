import { TestBed } from '@angular/core/testing';
import { expect, it } from 'vitest';
import { exampleCamera, exampleEvent, exampleStatus } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { DayEvents } from './day-events.ts';
import { DayTimeline } from './day-timeline.ts';
import { dayBeside, dayOf } from './span.ts';

it('lets no empty row, and no empty stretch, say that nothing was there', async () => {
  const gate = exampleCamera();
  const yard = exampleCamera({ id: 'yard', name: 'Yard' });
  const { clock, watches } = setUpPage([gate, yard], [DayEvents]);
  watches.of(yard).heard(exampleStatus({ cameraId: 'yard' }));
  watches.of(yard).refresh();
  TestBed.inject(DayEvents).items.set([exampleEvent()]);
  const today = dayOf(clock.now());
  const fixture = TestBed.createComponent(DayTimeline);
  for (const [name, value] of Object.entries({ cameraId: null, label: 'dog', chosen: null })) {
    fixture.componentRef.setInput(name, value);
  }
  const element = fixture.nativeElement as HTMLElement;
  const notes = async (span = today) => {
    fixture.componentRef.setInput('span', span);
    await fixture.whenStable();
    return [...element.querySelectorAll('.note')].map(({ textContent }) => textContent);
  };
  expect(await notes()).toEqual(['no event; it is being looked at now']);
  expect(await notes(dayBeside(today, -1))).toEqual([
    'no event; whether anybody looked is not recorded',
  ]);
  expect(element.querySelector('.legend')?.textContent).toContain('empty: no event, or not looked');
});
