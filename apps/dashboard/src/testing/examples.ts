import {
  type Books,
  type Camera,
  type CameraStatus,
  type Detection,
  type DetectionResult,
  type FrameMeta,
  newCameraSchema,
  type PresenceEvent,
} from '@lookout/contracts';

export function exampleCamera(changes: Partial<Camera> = {}): Camera {
  return {
    ...newCameraSchema.parse({ name: 'Gate', source: { type: 'test' } }),
    id: 'gate',
    version: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

export function exampleBooks(changes: Partial<Books> = {}): Books {
  return {
    id: 'books-1',
    captured: 900,
    offered: 150,
    delivered: 148,
    overwritten: 1,
    expired: 0,
    waiting: 1,
    detected: 145,
    failed: 1,
    abandoned: 1,
    processing: 1,
    ...changes,
  };
}

export function exampleStatus(changes: Partial<CameraStatus> = {}): CameraStatus {
  return {
    cameraId: 'gate',
    state: 'live',
    since: '2026-01-01T00:00:00.000Z',
    reason: null,
    rates: { capture: 30, live: 15, offered: 5, detected: 5 },
    ages: { published: { p50: 70, p95: 95, p99: 120 } },
    inferenceMs: { p50: 48, p95: 60, p99: 71 },
    books: exampleBooks(),
    detection: { freshness: 'fresh', reason: null, model: 'yolov5s', at: null, share: null },
    ...changes,
  };
}

export function exampleDetection(changes: Partial<Detection> = {}): Detection {
  return {
    classId: 2,
    label: 'car',
    confidence: 0.87,
    box: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 },
    ...changes,
  };
}

export function exampleResult(changes: Partial<DetectionResult> = {}): DetectionResult {
  return {
    cameraId: 'gate',
    epoch: 1,
    sequence: 6,
    capturedAt: Date.UTC(2026, 0, 1),
    completedAt: Date.UTC(2026, 0, 1) + 70,
    inferenceMs: 48,
    model: 'yolov5s',
    worker: 'worker-1',
    detections: [exampleDetection()],
    ...changes,
  };
}

export function exampleFrame(changes: Partial<FrameMeta> = {}): FrameMeta {
  return {
    cameraId: 'gate',
    epoch: 1,
    sequence: 6,
    capturedAt: Date.UTC(2026, 0, 1),
    width: 640,
    height: 360,
    ...changes,
  };
}

export function exampleEvent(changes: Partial<PresenceEvent> = {}): PresenceEvent {
  return {
    id: 'event-0001',
    cameraId: 'gate',
    label: 'car',
    state: 'ended',
    startedAt: '2026-01-01T08:00:00.000Z',
    lastSeenAt: '2026-01-01T08:01:00.000Z',
    endedAt: '2026-01-01T08:01:05.000Z',
    maxConfidence: 0.87,
    maxCount: 2,
    uncertainSince: null,
    results: 300,
    gaps: [],
    snapshot: {
      capturedAt: '2026-01-01T08:00:30.000Z',
      confidence: 0.87,
      detections: [exampleDetection()],
    },
    ...changes,
  };
}
