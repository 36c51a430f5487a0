import type { Delivery } from '@lookout/contracts';
import { describe, expect, it } from 'vitest';
import { exampleWebhook } from './example-webhook.ts';
import { labelsOf, outcomeWords, troubleWords, webhookState, wishWords } from './webhook-words.ts';

const delivery: Delivery = {
  id: 'delivery-1',
  messageId: 'msg-1',
  type: 'event.started',
  cameraId: 'gate',
  state: 'waiting',
  attempts: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastAttemptAt: '2026-01-01T00:00:05.000Z',
  nextAttemptAt: '2026-01-01T00:00:35.000Z',
  answerStatus: 503,
  answerMs: 41,
  reason: 'The receiver answered 503.',
};

describe('a webhook in words', () => {
  it('tells a pause by a person from a stop by Lookout', () => {
    expect(webhookState(exampleWebhook()).word).toBe('on');
    const refused = exampleWebhook({ waiting: 1, trouble: 'connect ECONNREFUSED' });
    expect(webhookState(refused)).toMatchObject({ word: 'failing', tone: 'amber' });
    expect(webhookState({ ...refused, enabled: false }).word).toBe('paused');
    expect(webhookState(exampleWebhook({ enabled: false })).word).toBe('paused');
    const gone = exampleWebhook({ enabled: false, disabledReason: 'It answered 410.' });
    expect(webhookState(gone)).toMatchObject({ word: 'stopped by Lookout', tone: 'red' });
  });

  it('counts those that need a look, not those that a person paused', () => {
    const paused = exampleWebhook({ enabled: false });
    const refused = exampleWebhook({ trouble: 'connect ECONNREFUSED' });
    const gone = exampleWebhook({ enabled: false, disabledReason: 'It answered 410.' });
    expect(troubleWords([exampleWebhook(), paused])).toBeNull();
    expect(troubleWords([paused, refused])).toBe('1 of 2 is in trouble.');
    expect(troubleWords([gone, refused])).toBe('2 of 2 are in trouble.');
  });

  it('says what it is told of', () => {
    const names = new Map([['gate', 'Gate']]);
    expect(wishWords(exampleWebhook(), names)).toBe('event.started · all cameras · all labels');
    expect(
      wishWords(exampleWebhook({ cameraIds: ['gate', 'gone'], labels: ['person'] }), names),
    ).toBe('event.started · Gate, gone · person');
  });
});

describe('outcomeWords', () => {
  it('holds the answer, the tries and the next one', () => {
    const now = Date.parse('2026-01-01T00:00:10.000Z');
    const words = outcomeWords(delivery, now);
    expect(words).toContain('41 ms · The receiver answered 503. · 2 tries · next at ');
    expect(outcomeWords({ ...delivery, reason: null, answerStatus: 200 }, now)).toContain(
      'answer 200',
    );
    const fresh = { attempts: 0, answerStatus: null, answerMs: null, reason: null };
    expect(outcomeWords({ ...delivery, ...fresh, nextAttemptAt: null }, now)).toBe('not tried yet');
    expect(outcomeWords({ ...delivery, ...fresh, nextAttemptAt: delivery.createdAt }, now)).toBe(
      'not tried yet · waits for its turn',
    );
  });
});

describe('labelsOf', () => {
  it('reads what was typed, each once, and nothing as all', () => {
    expect(labelsOf(' person, car,,person ')).toEqual(['person', 'car']);
    expect(labelsOf(' , ')).toBeNull();
  });
});
