import type { Demand } from '../fair-shares.ts';
import { type GroupTime, nextTurn, type Standing } from '../turns.ts';

/** A camera of a simulation; its settings may be changed while it runs. */
export interface SimulatedCamera {
  demand: Demand;
  /** Offers nothing while this is set. */
  paused: boolean;
  /** Frames that were taken of it. */
  readonly taken: number;
}

/** Cameras and workers that share turns, in simulated time. */
export interface SharedDetector {
  readonly cameras: readonly SimulatedCamera[];
  /** What the clock, in ms, is wrong by; it is set by changing this. */
  clockOffset: number;
  add(demand: Demand): SimulatedCamera;
  run(ms: number): void;
}

interface Place extends SimulatedCamera {
  taken: number;
  nextFrame: number;
  waiting: boolean;
  standing: Omit<Standing, 'weight' | 'minFps'>;
}

/** How a simulated detector works. */
export interface DetectorPace {
  readonly workers: number;
  readonly inferenceMs: number;
  /** How much, as a part of them, the times between frames and of inferences vary; the same in each run. */
  readonly jitter?: number;
}

/** Makes a detector that nobody uses yet. */
export function sharedDetector({ workers, inferenceMs, jitter = 0 }: DetectorPace): SharedDetector {
  const places: Place[] = [];
  const freeAt = Array.from({ length: workers }, () => 0);
  let now = 0;
  let time: GroupTime = { turns: 0, promises: 0 };
  let seed = 7;
  const vary = (value: number): number => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return value * (1 + jitter * (seed / 2 ** 32 - 0.5));
  };

  const offer = (place: Place): void => {
    if (!place.waiting) place.standing = { ...place.standing, since: now + detector.clockOffset };
    place.waiting = true;
  };
  const take = (): boolean => {
    const waiting = places.filter((place) => place.waiting);
    const standings = waiting.map(({ standing, demand }) => ({ ...standing, ...demand }));
    const turn = nextTurn(standings, time, now + detector.clockOffset);
    const place = waiting.find(({ standing }) => standing.cameraId === turn?.cameraId);
    if (turn === null || place === undefined) return false;
    const { turn: begun, promise, kept } = turn;
    place.standing = { ...place.standing, turn: begun, promise, kept };
    place.waiting = false;
    place.taken += 1;
    time = turn.time;
    return true;
  };

  const detector: SharedDetector = {
    cameras: places,
    clockOffset: 0,
    add(demand) {
      const cameraId = `camera-${String(places.length)}`;
      const none = { turn: null, promise: null, kept: null };
      const standing = { cameraId, since: 0, ...none };
      const first = now + (jitter === 0 ? 0 : vary(500 / demand.fps));
      const place = { demand, paused: false, taken: 0, waiting: false, standing, nextFrame: first };
      places.push(place);
      return place;
    },
    run(ms) {
      for (const end = now + ms; now < end;) {
        for (const place of places) {
          if (place.nextFrame > now) continue;
          place.nextFrame = now + vary(1000 / place.demand.fps);
          if (!place.paused) offer(place);
        }
        for (const [worker, free] of freeAt.entries()) {
          if (free <= now && take()) freeAt[worker] = now + vary(inferenceMs);
        }
        const next = [...places.map(({ nextFrame }) => nextFrame), ...freeAt, end];
        now = Math.min(...next.filter((moment) => moment > now));
      }
    },
  };
  return detector;
}
