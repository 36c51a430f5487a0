import type { WaitingCamera } from '@lookout/frame-mailbox';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fairOrder } from './fair-pick.ts';

const detection = { enabled: true, model: null, minConfidence: 0.4, classes: [] };

function camera(cameraId: string, sinceTakenMs: number | null): WaitingCamera {
  return { cameraId, sinceTakenMs, detection };
}

const idsOf = (cameras: readonly WaitingCamera[]): string[] => cameras.map((one) => one.cameraId);

const someCameras = fc.uniqueArray(
  fc.record({
    cameraId: fc.stringMatching(/^[a-z]{1,6}$/),
    sinceTakenMs: fc.option(fc.integer({ min: 0, max: 1000 })),
  }),
  { selector: (one) => one.cameraId, maxLength: 12 },
);

it('puts the camera that waited longest first, and one that was never taken before it', () => {
  const order = fairOrder([camera('a', 10), camera('b', 200), camera('c', null), camera('d', 50)]);
  expect(idsOf(order)).toEqual(['c', 'b', 'd', 'a']);
});

it('settles equal claims by id', () => {
  expect(
    idsOf(fairOrder([camera('b', 7), camera('c', null), camera('a', 7), camera('d', null)])),
  ).toEqual(['c', 'd', 'a', 'b']);
});

it('lets a weight shorten the wait', () => {
  const order = fairOrder([camera('slow', 100), camera('urgent', 60)], ({ cameraId }) =>
    cameraId === 'urgent' ? 2 : 1,
  );
  expect(idsOf(order)).toEqual(['urgent', 'slow']);
});

it('offers every camera exactly once, whatever the order they come in', () => {
  fc.assert(
    fc.property(someCameras, fc.func(fc.nat()), (some, keyOf: (id: string) => number) => {
      const cameras = some.map(({ cameraId, sinceTakenMs }) => camera(cameraId, sinceTakenMs));
      const shuffled = cameras.toSorted((a, b) => keyOf(a.cameraId) - keyOf(b.cameraId));
      const order = fairOrder(cameras);
      expect(idsOf(order).toSorted()).toEqual(idsOf(cameras).toSorted());
      expect(fairOrder(shuffled)).toEqual(order);
    }),
  );
});

/** Serves cameras for a number of turns; a camera has a frame in a turn when its row says so. */
function serve(
  count: number,
  turns: number,
  hasFrame: (camera: number, turn: number) => boolean,
): (string | null)[] {
  const takenAt = new Map<string, number>();
  const served: (string | null)[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const waiting: WaitingCamera[] = [];
    for (let index = 0; index < count; index += 1) {
      const id = `camera-${String(index)}`;
      const last = takenAt.get(id);
      if (hasFrame(index, turn)) waiting.push(camera(id, last === undefined ? null : turn - last));
    }
    const first = fairOrder(waiting)[0]?.cameraId ?? null;
    if (first !== null) takenAt.set(first, turn);
    served.push(first);
  }
  return served;
}

it('gives each of n cameras that always have a frame every n-th turn', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 6 }),
      (count, rounds) => {
        const served = serve(count, count * rounds, () => true);
        for (let round = 0; round < rounds; round += 1) {
          const turns = served.slice(round * count, (round + 1) * count);
          expect(new Set(turns).size).toBe(count);
        }
      },
    ),
  );
});

it('never lets a camera with a frame wait for n turns, whatever the others do', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 8 }),
      fc.array(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), {
        minLength: 30,
        maxLength: 60,
      }),
      (count, offers) => {
        // Camera 0 always has a frame; the others as chance has it.
        const served = serve(
          count,
          offers.length,
          (index, turn) => index === 0 || offers[turn]?.[index] === true,
        );
        let waited = 0;
        for (const id of served) {
          waited = id === 'camera-0' ? 0 : waited + 1;
          expect(waited).toBeLessThan(count);
        }
      },
    ),
  );
});
