import { TestBed } from '@angular/core/testing';
import type { PresenceEvent } from '@lookout/contracts';
import { describe, expect, it, vi } from 'vitest';
import { exampleCamera, exampleEvent } from '../../testing/examples.ts';
import { setUpPage } from '../../testing/page.ts';
import { EventsPage } from './events-page.ts';
import { dayBeside, dayOf } from './span.ts';

async function open(at: (day: { readonly to: number }) => number) {
  const page = setUpPage([exampleCamera()]);
  const day = dayOf(page.clock.now());
  page.clock.setWall(at(day));
  const answer = (items: PresenceEvent[], nextCursor: string | null) => {
    page.fetch.mockImplementation((address) =>
      address.startsWith('/api/v1/events')
        ? Promise.resolve(Response.json({ items, nextCursor }))
        : Promise.reject(new TypeError('nothing else answers')),
    );
  };
  answer([], null);
  const fixture = TestBed.createComponent(EventsPage);
  await fixture.whenStable();
  const element = fixture.nativeElement as HTMLElement;
  const after = () => element.querySelector<HTMLButtonElement>('[aria-label="The day after"]');
  const shown = () => element.querySelector('[title="Only this day"]')?.textContent.trim();
  /** The first moments of the days that were asked for. */
  const asked = () =>
    page.fetch.mock.calls
      .map(([address]) => new URL(address, 'http://localhost').searchParams.get('from'))
      .filter((from) => from !== null);
  return { ...page, fixture, element, day, after, shown, asked, answer };
}

describe('EventsPage', () => {
  it('goes on to the next day at midnight, on a page that was left open', async () => {
    const { clock, fixture, day, after, shown, asked } = await open(({ to }) => to - 1000);
    const before = shown();
    expect([after()?.disabled, asked().at(-1)]).toEqual([true, new Date(day.from).toISOString()]);
    await clock.advanceAsync(1500);
    await fixture.whenStable();
    expect(shown()).not.toBe(before);
    expect(after()?.disabled).toBe(true);
    await vi.waitFor(() => {
      expect(asked().at(-1)).toBe(new Date(dayBeside(day, 1).from).toISOString());
    });
  });

  it('does not say that so many are new when there may be more', async () => {
    const { clock, answer, fixture, element } = await open(({ to }) => to - 60_000);
    const items = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) =>
        exampleEvent({ id: `event-${String(from + index)}` }),
      );
    const tell = async (told: PresenceEvent[], nextCursor: string | null) => {
      answer(told, nextCursor);
      await clock.advanceAsync(4000);
      await fixture.whenStable();
      return element.querySelector('.new')?.textContent.trim();
    };
    await tell(items(0, 1), null);
    expect(await tell([...items(1, 59), ...items(0, 1)], null)).toBe('59 new events');
    expect(await tell(items(1, 60), 'more')).toBe('60 or more new events');
  });
});
