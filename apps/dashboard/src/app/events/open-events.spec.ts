import { TestBed } from '@angular/core/testing';
import { expect, it } from 'vitest';
import { exampleEvent } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { OpenEvents } from './open-events.ts';

it('asks for all that have not ended in turn, and tells nothing of what is not answered', async () => {
  const { fetch } = setUpPage();
  const open = TestBed.runInInjectionContext(() => new OpenEvents());
  const event = (id: string) => exampleEvent({ id, state: 'active', endedAt: null });
  const events = [exampleEvent({ id: 'over' }), ...['a', 'b', 'c', 'd', 'e', 'f'].map(event)];
  fetch.mockImplementation((address) => {
    const id = address.split('/').at(-1) ?? '';
    if (id === 'b') return Promise.resolve(Response.json({}, { status: 404 }));
    if (id === 'c') return Promise.reject(new TypeError('away'));
    return Promise.resolve(Response.json(event(id)));
  });
  const told = [...(await open.ask(events))].map(([id, now]) => [id, now?.id ?? null]);
  expect(Object.fromEntries(told)).toEqual({ a: 'a', b: null, d: 'd' });
  expect([...(await open.ask(events)).keys()].toSorted()).toEqual(['a', 'b', 'e', 'f']);
});
