import type { Frame, WorkerPresence } from '@lookout/contracts';
import type { MailboxCamera } from '../frame-mailbox.ts';

/** A lease of the group `detector` that does not end during a test. */
export const longLease = { group: 'detector', worker: 'w1', deadlineMs: 3_600_000 };

/** A camera whose frames do not expire during a test. */
export function camera(cameraId: string, changes: Partial<MailboxCamera> = {}): MailboxCamera {
  return {
    cameraId,
    groups: ['detector'],
    expiryMs: 3_600_000,
    detection: {
      enabled: true,
      model: null,
      minConfidence: 0.4,
      classes: [],
      weight: 1,
      minFps: 0,
      events: { minHits: 3, window: 5, endAfterMs: 5000, labels: [] },
    },
    ...changes,
  };
}

/** A frame that can be told from every other by its bytes. */
export function frame(cameraId: string, sequence: number, epoch = 1): Frame {
  const jpeg = Buffer.alloc(3000 + (sequence % 7), sequence % 251);
  jpeg.writeUInt32BE(epoch, 0);
  jpeg.writeUInt32BE(sequence, 4);
  return {
    cameraId,
    epoch,
    sequence,
    capturedAt: 1_760_000_000_000.125 + sequence,
    capturedMonotonic: 12_345.678_9 + sequence,
    width: 640,
    height: 360,
    host: 'höst:4f1c',
    jpeg,
  };
}

/** A worker that tells about itself. */
export function presence(id: string, changes: Partial<WorkerPresence> = {}): WorkerPresence {
  return {
    id,
    pid: 4711,
    host: 'box',
    startedAt: '2026-01-01T00:00:00.000Z',
    models: ['yolov5s'],
    threads: 1,
    threadsChosen: 'tuned',
    inferenceRepeat: 1,
    rate: 4.5,
    inferenceMs: null,
    ...changes,
  };
}
