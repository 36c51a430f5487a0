import { TestBed } from '@angular/core/testing';
import { expect, it } from 'vitest';
import { exampleCamera, exampleStatus } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { ShareLine } from './share-line.ts';

it('says in figures that the detector is shared, and nothing while there is enough of it', async () => {
  const { watches } = setUpPage();
  const watch = watches.of(exampleCamera());
  const fixture = TestBed.createComponent(ShareLine);
  fixture.componentRef.setInput('watch', watch);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  expect(element.textContent.trim()).toBe('');

  const { detection } = exampleStatus();
  const reason = 'Wants 5 frames/s, gets 1.6: 3 cameras share the detector.';
  const share = { wanted: 5, fair: 1.7, reduced: true, reason };
  watch.heard(exampleStatus({ detection: { ...detection, share } }));
  await fixture.whenStable();
  expect(element.textContent.trim()).toBe(`${reason} Fair by its weight and minimum: 1.7.`);

  const enough = { wanted: 5, fair: 5, reduced: false, reason: null };
  watch.heard(exampleStatus({ detection: { ...detection, share: enough } }));
  await fixture.whenStable();
  expect(element.textContent.trim()).toBe('');
});
