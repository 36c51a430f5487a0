import { bytes, count, ms } from '../../report/figures.ts';
import { type Finding, judge } from '../../report/finding.ts';
import type { Ledger } from './ledger.ts';
import type { Mood } from './receiver.ts';

/** What became of all messages. */
export interface Deliveries extends Ledger {
  readonly minutes: number;
  /** From when the receiver failed no more until nothing waited, in s; NaN: something waited on. */
  readonly drainSeconds: number;
  readonly requests: Readonly<Record<Mood, number>>;
  readonly forged: number;
  /** By which the database grew, messages and deliveries included. */
  readonly databaseBytes: number;
}

/** For a person, a row for each figure. */
export function tableOf(found: Deliveries): string[][] {
  const { requests, delay } = found;
  const all = Object.values(requests).reduce((sum, one) => sum + one, 0);
  const { take, lost, refuse, silence } = requests;
  return [
    ['', ''],
    ['minutes of a receiver that fails at random', found.minutes.toFixed(1)],
    ['events', count(found.events)],
    ['messages', count(found.messages)],
    ['requests', count(all)],
    ['answered 204', count(take)],
    ['taken, the answer lost', count(lost)],
    ['refused, broken off, never answered', [refuse, requests.break, silence].join(', ')],
    ['never taken', count(found.lost)],
    ['duplicates by id', count(found.duplicates)],
    ['order violations', count(found.disorder)],
    ['taken after, p50 and p95', `${ms(delay.p50)}, ${ms(delay.p95)}`],
    ['until nothing waited any more', `${found.drainSeconds.toFixed(0)} s`],
    ['database per 10,000 events, one webhook', bytes((found.databaseBytes / found.events) * 1e4)],
  ];
}

/** Nothing may be lost or come out of order, however the receiver and the parts of Lookout fail. */
export function judgeDeliveries(found: Deliveries): Finding[] {
  const none = (claim: string, number: number, of: number, what: string): Finding =>
    judge(
      claim,
      of === 0 ? [] : [number],
      `${count(number)} of ${count(of)} ${what}`,
      number === 0,
    );
  const { messages, events, requests } = found;
  const all = Object.values(requests).reduce((sum, one) => sum + one, 0);
  return [
    none('every event is told, from its start to its end', found.untold, events, 'events were not'),
    none('every message is taken at last', found.lost, messages, 'were not'),
    none('messages of a camera come in their order', found.disorder, messages, 'did not'),
    none('every request is signed', found.forged, all, 'were not'),
    judge(
      'nothing waits once the receiver fails no more',
      [found.messages],
      Number.isNaN(found.drainSeconds)
        ? 'something waited on'
        : `after ${found.drainSeconds.toFixed(0)} s`,
      !Number.isNaN(found.drainSeconds),
    ),
  ];
}
