import { TestBed } from '@angular/core/testing';
import type { PresenceEvent } from '@lookout/contracts';
import { beforeEach, expect, it } from 'vitest';
import { exampleEvent } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { EventCard } from './event-card.ts';
import { eventView } from './event-words.ts';

beforeEach(() => {
  // What jsdom has not.
  Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined });
});

it('says that its picture cannot be got, until another one is kept', async () => {
  const { clock, fetch } = setUpPage();
  fetch.mockImplementation(() => Promise.resolve(new Response('{}', { status: 404 })));
  const fixture = TestBed.createComponent(EventCard);
  const element = fixture.nativeElement as HTMLElement;
  const told = async (event: PresenceEvent) => {
    fixture.componentRef.setInput('view', eventView(event, new Map(), 0));
    await fixture.whenStable();
    await clock.advanceAsync(100);
    await fixture.whenStable();
  };
  await told(exampleEvent());
  await expect.poll(() => element.textContent).toContain('The picture cannot be got');
  await told(exampleEvent({ results: 301 }));
  expect(element.textContent).toContain('The picture cannot be got');
  expect(fetch).toHaveBeenCalledOnce();

  fetch.mockImplementation(() => Promise.resolve(new Response('a picture')));
  const snapshot = { capturedAt: '2026-01-01T08:00:40.000Z', confidence: 0.9, detections: [] };
  await told(exampleEvent({ snapshot }));
  await expect
    .poll(async () => {
      await fixture.whenStable();
      return element.querySelector('img')?.getAttribute('src');
    })
    .toBe('blob:1');
});
