import { look, loseSight, NOTHING_SEEN, type PresenceMemory } from '@lookout/presence';
import { describe, expect, it } from 'vitest';
import { presenceRules } from '../events/presence-rules.ts';
import { sampleCamera } from '../status/samples.ts';
import { labelsOf, presenceOf } from './presence.ts';

const NOW = 1_700_000_000_000;
const camera = sampleCamera();

function seen(labels: readonly string[], looks = 5, everyMs = 200): PresenceMemory {
  let memory = NOTHING_SEEN;
  for (let sequence = 0; sequence < looks; sequence += 1) {
    const at = NOW - (looks - sequence) * everyMs;
    const sightings = labels.map((label) => ({ label, count: 1, confidence: 0.8 }));
    const now = { at, epoch: 1, sequence, late: false, sightings };
    ({ memory } = look(memory, now, presenceRules(camera), () => 'an-event'));
  }
  return memory;
}

describe('presence', () => {
  it('is present or absent by the newest looks', () => {
    const sight = { camera, freshness: 'fresh', memory: seen(['person']), now: NOW } as const;
    expect(presenceOf(sight, 'person')).toBe('present');
    expect(presenceOf(sight, 'dog')).toBe('absent');
  });

  it('is not yet present before the event, and not absent when that takes long', () => {
    const sight = { camera, freshness: 'fresh', now: NOW } as const;
    expect(presenceOf({ ...sight, memory: seen(['person'], 2) }, 'person')).toBe('absent');
    const rare = { ...sight, memory: seen(['person'], 2, 1900) };
    expect(presenceOf(rare, 'person')).toBe('unknown');
    expect(presenceOf(rare, 'dog')).toBe('absent');
  });

  it.each([
    ['events have not begun', { memory: null }],
    ['nobody has looked yet', { memory: NOTHING_SEEN }],
    [
      'nobody can look',
      { memory: loseSight(seen(['person']), { reason: 'no worker', late: false }).memory },
    ],
    ['the detections are stale', { freshness: 'stale' as const }],
    ['the detections are unknown', { freshness: 'unknown' as const }],
    ['detection is off', { freshness: 'off' as const }],
    ['the newest look is of long ago', { now: NOW + 60_000 }],
  ])('is unknown when %s', (_reason, change) => {
    const sight = { camera, freshness: 'fresh' as const, memory: seen(['person']), now: NOW };
    for (const label of ['person', 'dog']) {
      expect(presenceOf({ ...sight, ...change }, label)).toBe('unknown');
    }
  });

  it('is told of the labels that are wanted and those that were seen', () => {
    const { detection } = camera;
    const wants = { ...camera, detection: { ...detection, classes: ['person', 'car'] } };
    expect(labelsOf(camera, ['dog'])).toEqual(['dog']);
    expect(labelsOf(wants, ['dog', 'car'])).toEqual(['person', 'car']);
    const events = { ...detection.events, labels: ['car'] };
    expect(labelsOf({ ...wants, detection: { ...wants.detection, events } }, [])).toEqual(['car']);
  });
});
