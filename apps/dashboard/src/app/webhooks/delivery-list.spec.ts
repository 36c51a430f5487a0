import { TestBed } from '@angular/core/testing';
import type { Delivery } from '@lookout/contracts';
import { describe, expect, it } from 'vitest';
import { setUpPage } from '../../testing/page.ts';
import { PageVisibility } from '../shell/page-visibility.ts';
import { DeliveryList } from './delivery-list.ts';

const deliveryNo = (no: number, changes: Partial<Delivery> = {}): Delivery => ({
  id: `delivery-${String(no)}`,
  messageId: `msg-${String(no)}`,
  type: 'event.started',
  cameraId: `camera-${String(no)}`,
  state: 'delivered',
  attempts: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastAttemptAt: '2026-01-01T00:00:00.000Z',
  nextAttemptAt: null,
  answerStatus: 204,
  answerMs: 3,
  reason: null,
  ...changes,
});

/** The list of a webhook to which so many messages were sent. */
async function show(count: number) {
  const page = setUpPage();
  const server = Array.from({ length: count }, (_, index) => deliveryNo(count - index));
  page.fetch.mockImplementation((address) => {
    const query = new URL(address, 'http://localhost').searchParams;
    const from = server.findIndex(({ id }) => id === query.get('cursor')) + 1;
    const items = server.slice(from, from + Number(query.get('limit')));
    const last = items.at(-1);
    const nextCursor = last === undefined || last === server.at(-1) ? null : last.id;
    return Promise.resolve(Response.json({ items, nextCursor }));
  });
  const fixture = TestBed.createComponent(DeliveryList);
  fixture.componentRef.setInput('webhookId', 'hook-1');
  const element = fixture.nativeElement as HTMLElement;
  const rows = async () => {
    await fixture.whenStable();
    return [...element.querySelectorAll('li')].map((row) => row.textContent.replace(/\s+/g, ' '));
  };
  const words = async () => {
    await fixture.whenStable();
    return element.textContent.replace(/\s+/g, ' ');
  };
  /** Numbers of the deliveries that are shown. */
  const numbers = async () =>
    (await rows()).map((row) => Number(/camera-(\d+)/.exec(row)?.[1] ?? NaN));
  const look = () => page.clock.advanceAsync(3000);
  const press = (name: string) => {
    const button = [...element.querySelectorAll('button')].at(-1);
    expect(button?.textContent).toContain(name);
    button?.click();
  };
  const older = async () => {
    press('Older ones');
    await look();
  };
  await expect.poll(rows).toHaveLength(Math.min(20, count));
  return { ...page, server, rows, words, numbers, look, press, older };
}

/** From one number down to another. */
const down = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => from - index);

describe('DeliveryList', () => {
  it('shows older ones on request, down to the first', async () => {
    const { numbers, older } = await show(50);
    await older();
    await expect.poll(numbers).toEqual(down(50, 11));
    await older();
    await expect.poll(numbers).toEqual(down(50, 1));
  });

  it('leaves no hole when many were sent while nobody saw the page', async () => {
    const { server, numbers, look, older } = await show(30);
    const { visible } = TestBed.inject(PageVisibility);
    visible.set(false);
    server.unshift(...down(90, 31).map((no) => deliveryNo(no)));
    await look();
    expect(await numbers()).toEqual(down(30, 11));
    visible.set(true);
    await look();
    await expect.poll(numbers).toEqual(down(90, 71));
    await older();
    await expect.poll(numbers).toEqual(down(90, 51));
  });

  it('sees one far down be delivered', async () => {
    const { server, rows, look, older } = await show(40);
    server[35] = deliveryNo(5, { state: 'waiting' });
    await older();
    await expect.poll(async () => (await rows())[35]).toContain('waiting');
    server[35] = deliveryNo(5);
    await look();
    await expect.poll(async () => (await rows())[35]).toContain('delivered');
  });

  it('says of when its rows are while there is no newer answer', async () => {
    const { fetch, words, look } = await show(1);
    await expect.poll(words).toContain('camera-1');
    fetch.mockRejectedValueOnce(new TypeError('gone'));
    await look();
    await expect.poll(words).toMatch(/not answer\. What follows is from the last answer, at \d\d:/);
    await look();
    await expect.poll(words).not.toContain('last answer');
  });

  it('keeps saying why a message was not sent again, whatever is renewed', async () => {
    const { fetch, words, look, press } = await show(1);
    await expect.poll(words).toContain('camera-1');
    const refusal = { title: 'Conflict', detail: 'The webhook is disabled: enable it first' };
    fetch.mockResolvedValueOnce(Response.json(refusal, { status: 409 }));
    press('Send again');
    await expect.poll(words).toContain(`Not sent again: ${refusal.detail}`);
    const asked = fetch.mock.calls.length;
    await look();
    await expect.poll(() => fetch.mock.calls.length).toBe(asked + 1);
    expect(await words()).toContain('Not sent again');
  });
});
