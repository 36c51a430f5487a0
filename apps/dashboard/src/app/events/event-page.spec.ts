import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import type { PresenceEvent } from '@lookout/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleCamera, exampleEvent } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { DayEvents } from './day-events.ts';
import { EventList, LOOK_MS } from './event-list.ts';
import { EventPage } from './event-page.ts';

beforeEach(() => {
  // What jsdom has not.
  Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined });
});

async function open(event: PresenceEvent) {
  const page = setUpPage([exampleCamera()], [DayEvents, EventList]);
  TestBed.inject(Router).resetConfig([{ path: '**', children: [] }]);
  const deleted: string[] = [];
  page.fetch.mockImplementation((address, { method }) => {
    if (method === 'DELETE') {
      deleted.push(address);
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    const list = { items: [event], nextCursor: null };
    return Promise.resolve(Response.json(address.includes('?') ? list : event));
  });
  const fixture = TestBed.createComponent(EventPage);
  fixture.componentRef.setInput('id', event.id);
  const element = fixture.nativeElement as HTMLElement;
  const text = () => element.textContent.replace(/\s+/g, ' ');
  await vi.waitFor(async () => {
    await fixture.whenStable();
    expect(text()).toContain(event.label);
  });
  const press = async (words: string) => {
    const buttons = [...element.querySelectorAll('button')];
    buttons.find((button) => button.textContent.trim() === words)?.click();
    await fixture.whenStable();
  };
  const asked = () =>
    page.fetch.mock.calls.map(([address]) => address).filter((one) => one.includes('snapshot'));
  const pass = async (ms: number) => {
    await page.clock.advanceAsync(ms);
    await fixture.whenStable();
  };
  return { ...page, element, text, press, asked, pass, deleted, fixture };
}

describe('EventPage', () => {
  it('shows the frame with its boxes, and without them when told so', async () => {
    const { press, asked, pass } = await open(exampleEvent());
    await pass(100);
    expect(asked()).toEqual(['/api/v1/events/event-0001/snapshot.jpg?annotated=true']);
    await press('Boxes on');
    await pass(100);
    expect(asked()[1]).toBe('/api/v1/events/event-0001/snapshot.jpg');
  });

  it('gets the surer frame as soon as it is told of it, and once', async () => {
    const { asked, pass } = await open(exampleEvent({ state: 'active', endedAt: null }));
    const list = TestBed.inject(EventList);
    const frame = { confidence: 0.91, detections: [] };
    for (const second of ['40', '50', '50']) {
      const snapshot = { ...frame, capturedAt: `2026-01-01T08:00:${second}.000Z` };
      list.items.set([exampleEvent({ state: 'active', endedAt: null, snapshot })]);
      await pass(0);
      await pass(100);
    }
    expect(asked()).toHaveLength(2);
  });

  it('says that a picture is missing, whether none was kept or it is gone', async () => {
    expect((await open(exampleEvent({ snapshot: null }))).text()).toContain('No picture of this');
    TestBed.resetTestingModule();
    const { element, text, fixture } = await open(exampleEvent());
    element.querySelector('img')?.dispatchEvent(new Event('error'));
    await fixture.whenStable();
    expect(text()).toContain('The picture cannot be got');
  });

  it('tells when nobody looked, and why', async () => {
    const { text } = await open(
      exampleEvent({
        state: 'uncertain',
        uncertainSince: '2026-01-01T08:01:00.000Z',
        endedAt: null,
        gaps: [{ from: '2026-01-01T08:01:00.000Z', to: null, reason: 'no worker is alive' }],
      }),
    );
    expect(text()).toContain('uncertain');
    expect(text()).toMatch(/still.*no worker is alive/);
  });

  it('lets the ages go on while nothing is told', async () => {
    const { text, clock, pass } = await open(
      exampleEvent({
        state: 'uncertain',
        endedAt: null,
        lastSeenAt: '2026-01-01T08:00:58.000Z',
        gaps: [{ from: '2026-01-01T08:01:00.000Z', to: null, reason: 'no worker is alive' }],
      }),
    );
    clock.setWall(Date.parse('2026-01-01T08:01:02.000Z'));
    await pass(500);
    expect(text()).toMatch(/4\.5 s ago.*still2\.5 sno worker/);
    clock.setWall(Date.parse('2026-01-01T08:31:02.000Z'));
    await pass(500);
    expect(text()).toMatch(/30 min 5 s ago.*still30 min 3 sno worker/);
  });

  it('deletes after a second word only', async () => {
    const { press, deleted } = await open(exampleEvent());
    await press('Delete…');
    await press('Keep');
    expect(deleted).toEqual([]);
    await press('Delete…');
    await press('Delete');
    expect(deleted).toEqual(['/api/v1/events/event-0001']);
  });

  describe('of an event that goes on, and is not in the list', () => {
    const goesOn = exampleEvent({ state: 'active', endedAt: null, snapshot: null });
    const asksFor = ({ fetch }: Awaited<ReturnType<typeof open>>) =>
      fetch.mock.calls.filter(([address]) => address === '/api/v1/events/event-0001').length;

    it('asks for it no more once it is deleted', async () => {
      const page = await open(goesOn);
      const gone = { title: 'Not Found', detail: 'There is no such event' };
      page.fetch.mockImplementation(() => Promise.resolve(Response.json(gone, { status: 404 })));
      await page.pass(LOOK_MS);
      expect(page.text()).toContain(gone.detail);
      const asked = asksFor(page);
      for (let look = 0; look < 5; look += 1) await page.pass(LOOK_MS);
      expect(asksFor(page)).toBe(asked);
    });

    it('does not ask while nobody can see the page', async () => {
      const page = await open(goesOn);
      const { visible } = TestBed.inject(PageVisibility);
      visible.set(false);
      const asked = asksFor(page);
      for (let look = 0; look < 5; look += 1) await page.pass(LOOK_MS);
      expect(asksFor(page)).toBe(asked);
      visible.set(true);
      await page.pass(LOOK_MS);
      expect(asksFor(page)).toBe(asked + 1);
    });

    it('keeps it while nothing answers, says so, and leaves the focus where it is', async () => {
      const { fetch, pass, press, text, element } = await open(goesOn);
      expect(document.activeElement?.localName).toBe('h2');
      await press('Delete…');
      const keep = [...element.querySelectorAll('button')].find(
        ({ textContent }) => textContent.trim() === 'Keep',
      );
      keep?.focus();
      const answers = fetch.getMockImplementation();
      fetch.mockImplementation(() => Promise.reject(new TypeError('away')));
      await pass(LOOK_MS);
      expect(text()).toMatch(/car at Gate.*Lookout does not answer. What is shown is of/);
      if (answers !== undefined) fetch.mockImplementation(answers);
      await pass(LOOK_MS);
      expect(text()).not.toContain('does not answer');
      expect(document.activeElement).toBe(keep);
    });
  });
});
