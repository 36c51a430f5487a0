import { ManualClock } from '@lookout/timing';
import { expect, it } from 'vitest';
import { sampleCamera, sampleFrame, sampleResult } from '../status/samples.ts';
import { CameraPresences } from './camera-presences.ts';

it('holds the newest of what cannot be kept, and no more than that', () => {
  const clock = new ManualClock();
  let made = 0;
  const presences = new CameraPresences(new Map(), () => String((made += 1)));
  const box = { x: 0, y: 0, width: 1, height: 1 };
  const detections = [{ classId: 0, label: 'car', confidence: 0.9, box }];
  for (let number = 1; number <= 6000; number += 1) {
    const camera = sampleCamera({ id: `camera-${String(number)}` });
    for (let sequence = 0; sequence < camera.detection.events.minHits; sequence += 1) {
      const frame = sampleFrame(clock, sequence);
      const result = { ...sampleResult(frame), cameraId: camera.id, detections };
      presences.entry(camera, { kind: 'result', result, ages: {} }, result.completedAt);
    }
    if (number % 1000 === 0) presences.putBack(presences.takeChanges());
  }
  const { stays, turns, memories } = presences.takeChanges();
  const newest = Array.from({ length: 5000 }, (_, index) => String(1001 + index));
  expect([...stays.keys()]).toEqual(newest);
  expect(turns.map(({ stay }) => stay.id)).toEqual(newest);
  expect(memories.size).toBe(6000);
});

it('sheds what goes on rather than what has ended', () => {
  const memory = (number: number) => ({
    position: null,
    lookedAt: null,
    blind: null,
    labels: [{ label: 'car', looks: [], gaps: [], stay: stay(String(number)), absentMs: 0 }],
  });
  const stay = (id: string) => ({
    ...{ id, label: 'car', state: 'active' as const, startedAt: 1, lastSeenAt: 2, endedAt: null },
    ...{ maxCount: 1, results: 3, gaps: [] },
    best: { epoch: 1, sequence: 1, at: 1, confidence: 0.9 },
  });
  const numbers = Array.from({ length: 5100 }, (_, index) => index);
  const presences = new CameraPresences(
    new Map(numbers.map((number) => [`camera-${String(number)}`, memory(number)])),
    () => 'new',
  );
  // The first hundred end, then all others are lost sight of.
  for (const number of numbers.slice(0, 100)) presences.close(`camera-${String(number)}`, 3);
  for (const number of numbers.slice(100)) {
    presences.loseSight(`camera-${String(number)}`, { reason: 'dark', late: false });
  }
  presences.putBack(presences.takeChanges());
  const { stays } = presences.takeChanges();
  expect(stays.size).toBe(5000);
  expect([...stays.values()].filter(({ endedAt }) => endedAt !== null)).toHaveLength(100);
});
