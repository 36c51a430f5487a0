import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { type EventFrame, EventPicture } from './event-picture.ts';

const exampleFrame = (changes: Partial<EventFrame> = {}): EventFrame => ({
  ...{ id: 'event-0001', capturedAt: '2026-01-01T08:00:30.000Z', annotated: false },
  ...changes,
});

@Component({
  selector: 'lo-shown',
  imports: [EventPicture],
  template: `<img #image="loEventPicture" alt="" [loEventPicture]="frame()" />
    {{ image.missed() ? 'cannot be got' : '' }}`,
})
class Shown {
  readonly frame = signal(exampleFrame());
}

const revoked: string[] = [];

beforeEach(() => {
  let count = 0;
  revoked.length = 0;
  // What jsdom has not.
  Object.assign(URL, {
    createObjectURL: () => `blob:${String((count += 1))}`,
    revokeObjectURL: (url: string) => revoked.push(url),
  });
});

async function show() {
  const page = setUpPage();
  page.fetch.mockImplementation(() => Promise.resolve(new Response('a picture')));
  const fixture = TestBed.createComponent(Shown);
  const settle = async () => {
    await fixture.whenStable();
    await page.clock.advanceAsync(100);
  };
  const source = async () => {
    await fixture.whenStable();
    return (fixture.nativeElement as HTMLElement).querySelector('img')?.getAttribute('src') ?? null;
  };
  const words = async () => {
    await fixture.whenStable();
    return (fixture.nativeElement as HTMLElement).textContent.trim();
  };
  const asked = () => page.fetch.mock.calls.map(([address]) => address);
  const turnTo = (changes: Partial<EventFrame>) => {
    fixture.componentInstance.frame.set(exampleFrame(changes));
    return settle();
  };
  await settle();
  await expect.poll(source).toBe('blob:1');
  return { ...page, fixture, source, words, asked, turnTo };
}

describe('EventPicture', () => {
  it('fetches a surer frame anew, although its address is the same', async () => {
    const { source, asked, turnTo } = await show();
    await turnTo({ capturedAt: '2026-01-01T08:00:40.000Z' });
    expect(asked()).toEqual(Array(2).fill('/api/v1/events/event-0001/snapshot.jpg'));
    await expect.poll(source).toBe('blob:2');
    expect(revoked).toEqual(['blob:1']);
  });

  it('does not ask twice for one frame', async () => {
    const { asked, turnTo } = await show();
    await turnTo({});
    expect(asked()).toHaveLength(1);
  });

  it('keeps a frame until another of the same event is here, and none of another event', async () => {
    const { source, turnTo, fetch } = await show();
    fetch.mockImplementation(() => new Promise(() => undefined));
    await turnTo({ annotated: true });
    expect(await source()).toBe('blob:1');
    await turnTo({ id: 'event-0002' });
    expect([await source(), revoked]).toEqual([null, ['blob:1']]);
  });

  it('asks for nothing that is only passed by', async () => {
    const { fixture, clock, asked } = await show();
    fixture.componentInstance.frame.set(exampleFrame({ id: 'event-0002' }));
    await fixture.whenStable();
    fixture.destroy();
    await clock.advanceAsync(100);
    expect([asked().length, revoked]).toEqual([1, ['blob:1']]);
  });

  it('says that a picture cannot be got, whether it is gone or nothing answers', async () => {
    const { turnTo, words, fetch, source } = await show();
    fetch.mockResolvedValueOnce(new Response('{}', { status: 404 }));
    await turnTo({ id: 'event-0002' });
    await expect.poll(words).toBe('cannot be got');
    await turnTo({ id: 'event-0003' });
    await expect.poll(source).toBe('blob:2');
    expect(await words()).toBe('');
    fetch.mockRejectedValueOnce(new TypeError('away'));
    await turnTo({ id: 'event-0004' });
    await expect.poll(words).toBe('cannot be got');
  });

  it('tries again after some seconds, and shows what it gets then', async () => {
    const { turnTo, words, fetch, source, clock } = await show();
    fetch.mockResolvedValueOnce(new Response('{}', { status: 404 }));
    await turnTo({ capturedAt: '2026-01-01T08:00:40.000Z' });
    await expect.poll(words).toBe('cannot be got');
    await clock.advanceAsync(3000);
    await expect.poll(words).toBe('');
    expect(await source()).toBe('blob:2');
  });

  it('does not try for ever', async () => {
    const { turnTo, asked, fetch, clock, words } = await show();
    fetch.mockImplementation(() => Promise.resolve(new Response('{}', { status: 404 })));
    await turnTo({ id: 'event-0002' });
    for (let minute = 0; minute < 10; minute += 1) {
      await expect.poll(words).toBe('cannot be got');
      await clock.advanceAsync(60_000);
    }
    expect(asked()).toHaveLength(1 + 4);
  });
});
