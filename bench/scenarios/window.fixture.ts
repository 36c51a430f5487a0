import type { CameraWindow } from '../measure/camera-window.ts';

const books = {
  id: 'a',
  captured: 300,
  offered: 50,
  delivered: 49,
  overwritten: 1,
  expired: 0,
  waiting: 0,
  detected: 49,
  failed: 0,
  abandoned: 0,
  processing: 0,
};

/** A window in which all is well, with changes. */
export function windowWith(changes: Partial<CameraWindow> = {}): CameraWindow {
  return {
    startedAt: 0,
    endedAt: 10_000,
    livePerSecond: 15,
    longestGapMs: 80,
    capturedPerSecond: 30,
    frameAge: { p50: 3, p95: 6 },
    detectedPerSecond: 5,
    age: { p50: 60, p95: 90 },
    inference: { p50: 50, p95: 70 },
    engineShare: 0.25,
    processor: { api: 4, worker: 50, redis: 1, ffmpeg: 9, others: 2 },
    booksBefore: books,
    booksAfter: books,
    ...changes,
  };
}

/** A window in which no result came. */
export function windowWithoutResults(changes: Partial<CameraWindow> = {}): CameraWindow {
  const none = { p50: NaN, p95: NaN };
  return windowWith({ detectedPerSecond: 0, age: none, inference: none, ...changes });
}
