import { type Camera, type DetectionResult, type Frame, newCameraSchema } from '@lookout/contracts';
import type { Clock } from '@lookout/timing';

/** A camera as tests want one. */
export function sampleCamera(changes: Partial<Camera> = {}): Camera {
  return {
    ...newCameraSchema.parse({ name: 'Gate', source: { type: 'test' } }),
    id: 'gate',
    version: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

const JPEG_START = Buffer.of(0xff, 0xd8);
const JPEG_END = Buffer.of(0xff, 0xd9);

/** A frame captured now. */
export function sampleFrame(clock: Clock, sequence: number, changes: Partial<Frame> = {}): Frame {
  return {
    cameraId: 'gate',
    epoch: 1,
    sequence,
    capturedAt: clock.now(),
    width: 640,
    height: 360,
    jpeg: Buffer.concat([JPEG_START, Buffer.alloc(996, sequence % 256), JPEG_END]),
    capturedMonotonic: clock.monotonic(),
    host: 'here',
    ...changes,
  };
}

/** What a detector saw in a frame: one person, if not told otherwise. */
export function sampleResult(
  { cameraId, epoch, sequence, capturedAt }: Frame,
  changes: Partial<DetectionResult> = {},
): DetectionResult {
  const box = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
  return {
    cameraId,
    epoch,
    sequence,
    capturedAt,
    completedAt: capturedAt + 70,
    inferenceMs: 48,
    model: 'yolov5s',
    worker: 'w1',
    detections: [{ classId: 0, label: 'person', confidence: 0.87, box }],
    ...changes,
  };
}
