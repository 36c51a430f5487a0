import type { FrameMeta } from '@lookout/contracts';
import type { ViewerLine, ViewerSocket } from './viewer-line.ts';
import type { ViewerWire } from './viewer.ts';

/** Speaks to a viewer in the live view's events. */
export function wireTo(socket: ViewerSocket, line: ViewerLine): ViewerWire {
  return {
    get isFree() {
      return line.isFree;
    },
    frame({ cameraId, epoch, sequence, capturedAt, width, height, jpeg }, acknowledged) {
      const meta: FrameMeta = { cameraId, epoch, sequence, capturedAt, width, height };
      socket.emit('frame', meta, jpeg, acknowledged);
    },
    detections(result) {
      socket.emit('detections', result);
    },
    status(status) {
      socket.emit('status', status);
    },
    event(notice) {
      socket.emit('event', notice);
    },
  };
}
