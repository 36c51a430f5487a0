import { TestBed } from '@angular/core/testing';
import type { Camera } from '@lookout/contracts';
import { describe, expect, it } from 'vitest';
import { exampleCamera, exampleStatus } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { ALL_EVENTS, type EventFilter } from './event-filter.ts';
import { NoEvents } from './no-events.ts';

const gate = exampleCamera();
const yard = exampleCamera({ id: 'yard', name: 'Yard' });
const HOUR = 3_600_000;
/** Where the clock of a test begins. */
const NOW = Date.UTC(2026, 0, 1);

/** What is said of these cameras; somebody looks at them. */
function show(filter: Partial<EventFilter>, ...cameras: Camera[]) {
  const { clock, watches } = setUpPage(cameras);
  for (const camera of cameras) {
    watches.of(camera).heard(exampleStatus({ cameraId: camera.id }));
    watches.of(camera).refresh();
  }
  const fixture = TestBed.createComponent(NoEvents);
  fixture.componentRef.setInput('filter', { ...ALL_EVENTS, ...filter });
  const words = async () => {
    await fixture.whenStable();
    return (fixture.nativeElement as HTMLElement).textContent.replace(/\s+/g, ' ');
  };
  return { clock, words };
}

const detection = (changes: Partial<Camera['detection']>): Partial<Camera> => ({
  detection: { ...gate.detection, ...changes },
});

describe('NoEvents', () => {
  it('says that somebody looks now, and of no time before that somebody did', async () => {
    const { words } = show({}, gate);
    expect(await words()).toContain('The camera is being looked at now');
    expect(await words()).toContain('Whether anybody looked before is not recorded.');
    expect(await words()).not.toContain('nothing');
  });

  it('does not take the sight of now for that of a time that is over', async () => {
    const { clock, words } = show({ from: NOW - HOUR, to: NOW + 1000 }, gate, yard);
    expect(await words()).toContain('The cameras are being looked at now');
    await clock.advanceAsync(1000);
    expect(await words()).toContain('Whether anybody looked at Gate, Yard then is not recorded.');
    expect(await words()).not.toContain('being looked at');
  });

  it('says which cameras a label is not watched for at', async () => {
    const { words } = show(
      { label: 'dog' },
      { ...gate, ...detection({ classes: ['car'] }) },
      { ...yard, ...detection({ events: { ...gate.detection.events, labels: ['person'] } }) },
      exampleCamera({ id: 'hall', name: 'Hall', ...detection({ classes: ['dog'] }) }),
    );
    expect(await words()).toContain('dog is not watched for at Gate, Yard:');
    expect(await words()).not.toContain('Hall');
    expect(await words()).not.toContain('being looked at');
  });
});
