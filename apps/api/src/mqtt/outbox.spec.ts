import { describe, expect, it } from 'vitest';
import { MAX_EVENTS, type Message, Outbox } from './outbox.ts';

function drain(outbox: Outbox): Message[] {
  const messages: Message[] = [];
  for (let next = outbox.next(); next !== undefined; next = outbox.next()) messages.push(next);
  return messages;
}

const payloads = (outbox: Outbox) => drain(outbox).map(({ payload }) => payload);

describe('the outbox', () => {
  it('holds the newest truth of each topic alone, in the order of change', () => {
    const outbox = new Outbox();
    for (let turn = 0; turn < 1000; turn += 1) outbox.tell({ topic: 'a', payload: String(turn) });
    outbox.tell({ topic: 'b', payload: 'x' });
    outbox.tell({ topic: 'a', payload: 'last' });
    expect(payloads(outbox)).toEqual(['x', 'last']);
    outbox.tell({ topic: 'a', payload: 'last' });
    expect(payloads(outbox)).toEqual([]);
  });

  it('tells all truths again at a new connection, and events that were not confirmed', () => {
    const outbox = new Outbox();
    outbox.tell({ topic: 'a', payload: '1' });
    outbox.event({ topic: 'e', payload: 'first' });
    outbox.event({ topic: 'e', payload: 'second' });
    const [, first] = drain(outbox);
    expect(first?.payload).toBe('first');
    if (first !== undefined) outbox.delivered(first);
    outbox.tell({ topic: 'a', payload: '2' });
    outbox.renew();
    expect(payloads(outbox)).toEqual(['2', 'second']);
  });

  it('keeps a bounded number of events, the newest, and counts the others', () => {
    const outbox = new Outbox();
    for (let turn = 0; turn < MAX_EVENTS + 7; turn += 1) {
      outbox.event({ topic: 'e', payload: String(turn) });
    }
    expect(outbox.droppedEvents).toBe(7);
    const kept = payloads(outbox);
    expect(kept).toHaveLength(MAX_EVENTS);
    expect(kept[0]).toBe('7');
  });

  it('lets go of a topic when the broker confirms that it is gone, unless it came back', () => {
    const outbox = new Outbox();
    outbox.tell({ topic: 'a', payload: '' });
    const [gone] = drain(outbox);
    if (gone === undefined) expect.fail('nothing to be sent');
    outbox.tell({ topic: 'a', payload: 'back' });
    expect(outbox.delivered(gone)).toBe(false);
    outbox.tell({ topic: 'a', payload: '' });
    expect(outbox.delivered(gone)).toBe(false);
    const [again] = drain(outbox);
    if (again === undefined) expect.fail('nothing to be sent');
    expect(outbox.delivered(again)).toBe(true);
    expect(outbox.holds('a')).toBe(false);
    outbox.renew();
    expect(payloads(outbox)).toEqual([]);
  });
});
