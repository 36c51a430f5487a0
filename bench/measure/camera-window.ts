import { setTimeout as sleep } from 'node:timers/promises';
import type { Books } from '@lookout/contracts';
import { addClipCamera, untilLive } from '../house/clip-camera.ts';
import type { House } from '../house/house.ts';
import { childrenNamed, ProcessorMeter } from './processor-time.ts';
import { cadence, type Spread, spread } from './statistics.ts';

/** How long a new camera is live before it is measured. */
const WARM_UP_MS = 2000;
const MOST_ATTEMPTS = 5;
const BETWEEN_ATTEMPTS_MS = 1000;

/** How a camera is set up for a window. */
export interface WindowWish {
  readonly seconds: number;
  readonly detection: boolean;
  readonly detectFps?: number;
  /** Processes that belong to the measurement besides Lookout's own, by name. */
  readonly alongside?: Readonly<Record<string, number>>;
}

/** What a viewer and the operating system saw of one camera in one window. */
export interface CameraWindow {
  /** By `Date.now`. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Frames that arrived at the viewer, per second. */
  readonly livePerSecond: number;
  readonly longestGapMs: number;
  /** Frames that the api read from the decoder, per second. */
  readonly capturedPerSecond: number;
  /** Of frames when they arrived at the viewer, in ms. */
  readonly frameAge: Spread;
  /** Results that arrived at the viewer, per second. */
  readonly detectedPerSecond: number;
  /** Of results when they were published, in ms; NaN without any. */
  readonly age: Spread;
  readonly inference: Spread;
  /** Part of the window that the inferences took, 0 to 1: the rest is everything around them. */
  readonly engineShare: number;
  /** In % of one core. */
  readonly processor: Readonly<Record<string, number>>;
  readonly booksBefore: Books;
  readonly booksAfter: Books;
}

/** Makes a camera of the clip, watches it for a window, and removes it again. */
export async function observeCamera(house: House, wish: WindowWish): Promise<CameraWindow> {
  const camera = await addClipCamera(house, wish);
  const viewer = await house.client.watch({ cameraId: camera.id });
  try {
    await untilLive(house, [camera.id]);
    await sleep(WARM_UP_MS);
    const booksBefore = await booksOf(house, camera.id);
    const processor = new ProcessorMeter({
      ...wish.alongside,
      api: house.apiPid,
      worker: house.workerPid,
      redis: house.redisPid,
      ffmpeg: childrenNamed(house.apiPid, 'ffmpeg')[0] ?? 0,
    });
    const startedAt = Date.now();
    const start = performance.now();
    await sleep(wish.seconds * 1000);
    const end = performance.now();
    const endedAt = Date.now();
    const percent = processor.percent();
    const booksAfter = await booksOf(house, camera.id);
    const inside = ({ at }: { at: number }): boolean => at >= start && at < end;
    const moments = viewer.frames.map(({ at }) => at);
    const live = cadence(moments, start, end);
    const results = viewer.results.filter(inside);
    const inferences = results.map(({ inferenceMs }) => inferenceMs);
    return {
      startedAt,
      endedAt,
      livePerSecond: live.perSecond,
      longestGapMs: live.longestGapMs,
      capturedPerSecond: (booksAfter.captured - booksBefore.captured) / ((end - start) / 1000),
      frameAge: spread(viewer.frames.filter(inside).map(({ ageMs }) => ageMs)),
      detectedPerSecond: results.length / ((end - start) / 1000),
      age: spread(results.map(({ ageMs }) => ageMs)),
      inference: spread(inferences),
      engineShare: inferences.reduce((sum, ms) => sum + ms, 0) / (end - start),
      processor: percent,
      booksBefore,
      booksAfter,
    };
  } finally {
    viewer.close();
    await house.client.removeCamera(camera.id);
  }
}

/**
 * The books of a camera that is live. Asks again for a while, since on an overloaded machine Redis
 * may once not have answered in time.
 * @throws Error when the camera is not live, or Redis is away
 */
export async function booksOf(house: House, cameraId: string): Promise<Books> {
  for (let attempt = 1; ; attempt += 1) {
    const { books, state, reason } = await house.client.status(cameraId);
    if (state === 'live' && books !== null) return books;
    if (attempt === MOST_ATTEMPTS) {
      throw new Error(
        state === 'live'
          ? 'there are no books: Redis is away'
          : `the camera is ${state}: ${reason ?? 'no reason given'}`,
      );
    }
    await sleep(BETWEEN_ATTEMPTS_MS);
  }
}
