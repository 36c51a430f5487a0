import { describe, expect, it } from 'vitest';
import { MAX_EVENTS, type Message, Publications } from './publications.ts';

function drain(publications: Publications): Message[] {
  const messages: Message[] = [];
  for (let next = publications.next(); next !== undefined; next = publications.next())
    messages.push(next);
  return messages;
}

const payloads = (publications: Publications) => drain(publications).map(({ payload }) => payload);

describe('the publications', () => {
  it('holds the newest truth of each topic alone, in the order of change', () => {
    const publications = new Publications();
    for (let turn = 0; turn < 1000; turn += 1)
      publications.tell({ topic: 'a', payload: String(turn) });
    publications.tell({ topic: 'b', payload: 'x' });
    publications.tell({ topic: 'a', payload: 'last' });
    expect(payloads(publications)).toEqual(['x', 'last']);
    publications.tell({ topic: 'a', payload: 'last' });
    expect(payloads(publications)).toEqual([]);
  });

  it('tells all truths again at a new connection, and events that were not confirmed', () => {
    const publications = new Publications();
    publications.tell({ topic: 'a', payload: '1' });
    publications.event({ topic: 'e', payload: 'first' });
    publications.event({ topic: 'e', payload: 'second' });
    const [, first] = drain(publications);
    expect(first?.payload).toBe('first');
    if (first !== undefined) publications.delivered(first);
    publications.tell({ topic: 'a', payload: '2' });
    publications.renew();
    expect(payloads(publications)).toEqual(['2', 'second']);
  });

  it('keeps a bounded number of events, the newest, and counts the others', () => {
    const publications = new Publications();
    for (let turn = 0; turn < MAX_EVENTS + 7; turn += 1) {
      publications.event({ topic: 'e', payload: String(turn) });
    }
    expect(publications.droppedEvents).toBe(7);
    const kept = payloads(publications);
    expect(kept).toHaveLength(MAX_EVENTS);
    expect(kept[0]).toBe('7');
  });

  it('lets go of a topic when the broker confirms that it is gone, unless it came back', () => {
    const publications = new Publications();
    publications.tell({ topic: 'a', payload: '' });
    const [gone] = drain(publications);
    if (gone === undefined) expect.fail('nothing to be sent');
    publications.tell({ topic: 'a', payload: 'back' });
    expect(publications.delivered(gone)).toBe(false);
    publications.tell({ topic: 'a', payload: '' });
    expect(publications.delivered(gone)).toBe(false);
    const [again] = drain(publications);
    if (again === undefined) expect.fail('nothing to be sent');
    expect(publications.delivered(again)).toBe(true);
    expect(publications.holds('a')).toBe(false);
    publications.renew();
    expect(payloads(publications)).toEqual([]);
  });
});
