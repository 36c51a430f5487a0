import type { Delivery, PresenceEvent } from '@lookout/contracts';
import { expect, it } from 'vitest';
import { type Deliveries, judgeDeliveries, tableOf } from './judge.ts';
import { balance } from './ledger.ts';
import { moodOf } from './receiver.ts';

/** Messages of one camera, in the order in which they were written down. */
function sent(...messageIds: readonly string[]): Delivery[] {
  return messageIds.map((messageId) => ({
    id: messageId,
    messageId,
    type: 'event.started',
    cameraId: 'gate',
    state: 'delivered',
    attempts: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    lastAttemptAt: null,
    nextAttemptAt: null,
    answerStatus: 204,
    answerMs: 1,
    reason: null,
  }));
}

const taken = (...ids: readonly string[]) =>
  ids.map((id, index) => ({ id, at: Date.parse('2026-01-01T00:00:01.000Z') + index * 1000 }));

const event = (endedAt: string | null): PresenceEvent => ({
  ...{ id: 'aaaaaaaa', cameraId: 'gate', label: 'person', state: 'active', endedAt },
  ...{ startedAt: '', lastSeenAt: '', maxConfidence: 1, maxCount: 1 },
  ...{ uncertainSince: null, results: 1, gaps: [], snapshot: null },
});

const none = { take: 3, refuse: 0, break: 0, lost: 0, silence: 0 };
const rest = { minutes: 1, drainSeconds: 4, requests: none, forged: 0, databaseBytes: 2 ** 20 };

it('counts what is lost, double or out of order', () => {
  const three = sent('msg_a', 'msg_b', 'msg_c');
  expect(balance([], three, taken('msg_a', 'msg_b', 'msg_c'))).toMatchObject({
    ...{ messages: 3, lost: 0, duplicates: 0, disorder: 0 },
    delay: { p50: 2000, p95: 3000 },
  });
  expect(balance([], three, taken('msg_a', 'msg_a', 'msg_b', 'msg_c', 'msg_a'))).toMatchObject({
    ...{ lost: 0, duplicates: 2, disorder: 0 },
  });
  expect(balance([], three, taken('msg_b', 'msg_a'))).toMatchObject({ lost: 1, disorder: 1 });
});

it('misses the start of an event that nobody was told of, and its end once it came', () => {
  const started = sent('msg_aaaaaaaa_started');
  expect(balance([event(null)], started, [])).toMatchObject({ events: 1, untold: 0 });
  expect(balance([event('now')], started, []).untold).toBe(1);
  expect(balance([event(null)], [], []).untold).toBe(1);
});

it('judges each of them, and that nothing waits at last', () => {
  const verdicts = (changes: Partial<Deliveries>): (boolean | null)[] => {
    const ledger = balance(
      [event(null)],
      sent('msg_aaaaaaaa_started'),
      taken('msg_aaaaaaaa_started'),
    );
    return judgeDeliveries({ ...ledger, ...rest, ...changes }).map(({ holds }) => holds);
  };
  expect(verdicts({})).toEqual([true, true, true, true, true]);
  expect(verdicts({ untold: 1 })).toEqual([false, true, true, true, true]);
  expect(verdicts({ lost: 1 })).toEqual([true, false, true, true, true]);
  expect(verdicts({ disorder: 1 })).toEqual([true, true, false, true, true]);
  expect(verdicts({ forged: 1 })).toEqual([true, true, true, false, true]);
  expect(verdicts({ drainSeconds: NaN })).toEqual([true, true, true, true, false]);
  expect(verdicts({ events: 0 })[0]).toBeNull();
});

it('shows them all', () => {
  const ledger = balance([event(null)], sent('msg_aaaaaaaa_started'), []);
  const rows = new Map(tableOf({ ...ledger, ...rest }).map(([name, figure]) => [name, figure]));
  expect(['requests', 'never taken', 'order violations'].map((name) => rows.get(name))).toEqual([
    '3',
    '1',
    '0',
  ]);
});

it('fails one request in five', () => {
  const moods = Array.from({ length: 1000 }, (_, index) => moodOf((index + 0.5) / 1000));
  const share = (mood: string) => moods.filter((one) => one === mood).length / 1000;
  expect(['take', 'refuse', 'break', 'lost', 'silence'].map(share)).toEqual([
    0.8, 0.1, 0.05, 0.04, 0.01,
  ]);
});
