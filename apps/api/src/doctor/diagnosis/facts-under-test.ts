import type { CameraFacts, SystemFacts } from './facts.ts';

/** A camera of which all is well. */
export function wellCamera(changes: Partial<CameraFacts> = {}): CameraFacts {
  return {
    cameraId: 'gate',
    state: 'live',
    reason: null,
    stateMs: 60_000,
    remote: true,
    wanted: { capture: 30, live: 15, detect: 5 },
    captureRate: 29.8,
    arrivals: { rate: 30, longestGapMs: 45, stalledShare: 0 },
    restarts: 0,
    decoder: { computing: 0.2, waiting: 0.01, cores: 0.3 },
    detection: { freshness: 'fresh', reason: null },
    tally: { seconds: 10, offered: 50, detected: 49, failed: 0, abandoned: 0 },
    refusedRate: 0,
    viewers: [{ sent: 15, missed: 0, acknowledgedMs: 8 }],
    ...changes,
  };
}

/** A machine of which all is well, with one worker. */
export function wellSystem(changes: Partial<SystemFacts> = {}): SystemFacts {
  return {
    cores: 4,
    processorBusy: 0.4,
    apiBusy: 0.1,
    memoryBytes: 8e9,
    memoryAvailableBytes: 4e9,
    redis: { answers: true, roundTripMs: 0.4, usedBytes: 5e6, limitBytes: 1e8, evicted: 0 },
    workers: [{ rate: 5, inferenceMs: 60, threads: 2, inferenceRepeat: 1 }],
    disk: { bytes: 64e9, freeBytes: 30e9, fault: null },
    ...changes,
  };
}
